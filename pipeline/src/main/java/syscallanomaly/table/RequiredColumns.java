package syscallanomaly.table;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a public method needs of a Dataset. They are checked before Spark plans
 * anything. A wrong Dataset is thus refused with a clear message instead of an error of Spark's
 * analyser.
 *
 * @param what name of the rows in errors, in the plural, such as {@code traces}
 * @param columns names and types of the columns; their nullability is not checked
 */
public record RequiredColumns(String what, StructType columns) {
  /**
   * Checks that a Dataset has every column with its type, and returns the Dataset. Other columns
   * are ignored.
   *
   * @throws IllegalArgumentException if a column is missing or of another type; the message names
   *     the first one
   */
  public Dataset<Row> in(Dataset<Row> data) {
    StructType found = data.schema();
    for (StructField column : columns.fields()) {
      String type = column.dataType().catalogString();
      if (!Arrays.asList(found.fieldNames()).contains(column.name())) {
        throw new IllegalArgumentException(
            "Cannot use these %s: they have no column '%s' of type %s; their columns are %s"
                .formatted(what, column.name(), type, names(found)));
      }
      String foundType = found.apply(column.name()).dataType().catalogString();
      if (!foundType.equals(type)) {
        throw new IllegalArgumentException(
            "Cannot use these %s: column '%s' is of type %s and must be of type %s; cast it"
                .formatted(what, column.name(), foundType, type));
      }
    }
    return data;
  }

  private static String names(StructType schema) {
    return Arrays.stream(schema.fieldNames()).collect(Collectors.joining(", "));
  }
}
