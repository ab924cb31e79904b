package syscallanomaly.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * One column of a table.
 *
 * @param name name in the table
 * @param comment what it holds
 * @param formerly names that it had in earlier releases
 */
public record TableColumn(String name, DataType type, String comment, List<String> formerly) {
  /**
   * The column in a schema of Spark, with its comment. It may be null, so that it can be added to a
   * table that has rows.
   */
  public StructField field() {
    return new StructField(name, type, true, Metadata.empty()).withComment(comment);
  }
}
