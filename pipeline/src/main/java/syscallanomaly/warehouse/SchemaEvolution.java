package syscallanomaly.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.types.DataType;
import syscallanomaly.table.TableColumn;

/**
 * Gives a table of an earlier release the declared columns and comments, in one commit.
 *
 * <p>A column that has a former name is renamed. A missing column is added at its declared place.
 * Comments are set. Rows stay as they are: Iceberg identifies columns by number, so a renamed
 * column keeps its values, and an added column is null. Columns that are not declared stay.
 */
final class SchemaEvolution {
  /**
   * Most attempts to commit. An attempt fails if another program commits in between. The commits of
   * rows retry as often.
   */
  private static final int ATTEMPTS = 20;

  private final SparkSession spark;
  private final String name;
  private final MetricTable declared;

  /**
   * @param spark session that loads the table
   * @param name catalog, namespace and name of the table, quoted for SQL
   * @param declared the columns and comments that the table shall have
   */
  SchemaEvolution(SparkSession spark, String name, MetricTable declared) {
    this.spark = spark;
    this.name = name;
    this.declared = declared;
  }

  /**
   * Commits the missing changes, if there are any. If another program commits in between, it
   * compares again.
   *
   * @return whether there is such a table
   * @throws IllegalStateException if the table has a declared column with another type, or if other
   *     programs commit in between at every attempt
   */
  boolean run() {
    for (int attempt = 1; ; attempt++) {
      Optional<Table> table = CurrentTable.find(spark, name);
      if (table.isEmpty()) {
        return false;
      }
      try {
        if (commit(table.get())) {
          // A catalog that caches tables would keep the old schema.
          spark.sql("REFRESH TABLE " + name);
        }
        return true;
      } catch (CommitFailedException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              ("Cannot bring %s up to date: other programs committed to it %d times in between;"
                      + " start again when they are done")
                  .formatted(name, ATTEMPTS),
              e);
        }
      }
    }
  }

  /** Commits the changes of a table, and returns whether there were any. */
  private boolean commit(Table table) {
    List<Consumer<UpdateSchema>> changes = changes(table.schema());
    String comment = declared.comment();
    boolean commented = comment.equals(table.properties().get(TableCatalog.PROP_COMMENT));
    if (changes.isEmpty() && commented) {
      return false;
    }
    Transaction together = table.newTransaction();
    if (!changes.isEmpty()) {
      UpdateSchema schema = together.updateSchema();
      changes.forEach(change -> change.accept(schema));
      schema.commit();
    }
    if (!commented) {
      together.updateProperties().set(TableCatalog.PROP_COMMENT, comment).commit();
    }
    together.commitTransaction();
    return true;
  }

  /**
   * Lists the changes of the columns. Iceberg knows the columns by their old names until all
   * changes are made.
   */
  private List<Consumer<UpdateSchema>> changes(Schema schema) {
    List<Consumer<UpdateSchema>> changes = new ArrayList<>();
    String before = null;
    for (TableColumn column : declared.columns()) {
      Optional<NestedField> found = find(schema, column);
      if (found.isPresent()) {
        requireType(column, found.get());
        changes.addAll(changes(column, found.get()));
        before = found.get().name();
      } else {
        String previous = before;
        changes.add(
            update -> {
              update.addColumn(
                  column.name(), SparkSchemaUtil.convert(column.type()), column.comment());
              if (previous == null) {
                update.moveFirst(column.name());
              } else {
                update.moveAfter(column.name(), previous);
              }
            });
        before = column.name();
      }
    }
    return changes;
  }

  private static List<Consumer<UpdateSchema>> changes(TableColumn column, NestedField found) {
    List<Consumer<UpdateSchema>> changes = new ArrayList<>();
    if (!found.name().equals(column.name())) {
      changes.add(update -> update.renameColumn(found.name(), column.name()));
    }
    if (!column.comment().equals(found.doc())) {
      changes.add(update -> update.updateColumnDoc(found.name(), column.comment()));
    }
    return changes;
  }

  /** Finds a column by its name, or else by a former name. */
  private static Optional<NestedField> find(Schema schema, TableColumn column) {
    return Stream.concat(Stream.of(column.name()), column.formerly().stream())
        .map(schema::findField)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private void requireType(TableColumn column, NestedField found) {
    DataType type = SparkSchemaUtil.convert(found.type());
    if (!type.equals(column.type())) {
      throw new IllegalStateException(
          "Cannot write to %s: column %s is %s and should be %s; use another namespace"
              .formatted(name, found.name(), type.sql(), column.type().sql()));
    }
  }
}
