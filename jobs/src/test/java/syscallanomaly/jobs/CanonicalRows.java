package syscallanomaly.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows in a form that every engine can write: a JSON array for each row, in which a double is its
 * 64 bits in hexadecimal and a time is a number of microseconds since 1970; the lines are sorted.
 */
public final class CanonicalRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CanonicalRows() {}

  /** The rows of a Dataset. */
  public static List<String> of(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> line(values(row))).sorted().toList();
  }

  /** The rows of a query in Spark. */
  public static List<String> of(SparkSession spark, String query) {
    return of(spark.sql(query));
  }

  /** The rows of a query in a database. */
  public static List<String> of(Connection connection, String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<Object> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(
              rows.getMetaData().getColumnTypeName(column).equals("timestamptz")
                  ? rows.getObject(column, OffsetDateTime.class)
                  : rows.getObject(column));
        }
        lines.add(line(values));
      }
    }
    return lines.stream().sorted().toList();
  }

  /** Lines that another program wrote, spelt as those of this class. */
  public static List<String> of(List<String> lines) {
    return lines.stream().map(CanonicalRows::spelt).sorted().toList();
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    IntStream.range(0, row.size()).forEach(column -> values.add(row.get(column)));
    return values;
  }

  private static String spelt(String line) {
    try {
      return JSON.readTree(line).toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError("no line of JSON: " + line, e);
    }
  }

  private static String line(List<Object> values) {
    ArrayNode line = JSON.createArrayNode();
    values.forEach(value -> line.add(JSON.valueToTree(canonical(value))));
    return line.toString();
  }

  private static Object canonical(Object value) {
    if (value instanceof Double number) {
      return "%016x".formatted(Double.doubleToLongBits(number));
    }
    if (value instanceof Timestamp time) {
      return micros(time.toInstant());
    }
    if (value instanceof OffsetDateTime time) {
      return micros(time.toInstant());
    }
    return value;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
