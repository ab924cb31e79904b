package syscallanomaly.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a table.
 *
 * @param name name of the column in the table
 * @param type type of the column in Spark
 * @param comment what the column holds
 * @param formerly names that the column had in earlier releases
 */
public record TableColumn(String name, DataType type, String comment, List<String> formerly) {
  /**
   * The column as a field of a Spark schema, with its comment. The field is nullable, so that the
   * column can be added to a table that has rows.
   */
  public StructField field() {
    return new StructField(name, type, true, Metadata.empty()).withComment(comment);
  }
}
