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
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.types.DataType;
import syscallanomaly.table.TableColumn;

/**
 * Brings a table that an earlier release made to the declared columns and comments, in one commit.
 *
 * <p>A column that the table has under a former name is renamed, one that it lacks is added where
 * it is declared, and comments are set. Rows stay as they are: Iceberg knows columns by number, so
 * that a renamed one keeps its values, and an added one is null. Columns that are not declared
 * stay.
 */
final class SchemaEvolution {
  /** Every failed attempt is another program's commit; the tables' own commits retry as often. */
  private static final int ATTEMPTS = 20;

  private final SparkSession spark;
  private final String name;
  private final MetricTable declared;

  /**
   * @param name catalog, namespace and name of the table, quoted for SQL
   */
  SchemaEvolution(SparkSession spark, String name, MetricTable declared) {
    this.spark = spark;
    this.name = name;
    this.declared = declared;
  }

  /**
   * Commits what the table lacks; nothing where it lacks nothing. Where another program commits in
   * between, looks again.
   *
   * @throws IllegalStateException if the table has a declared column with another type, or if other
   *     programs commit without end
   */
  void run() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (commit(load())) {
          // A catalog that caches tables would go on with the schema of before.
          spark.sql("REFRESH TABLE " + name);
        }
        return;
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

  private Table load() {
    try {
      Table table = Spark3Util.loadIcebergTable(spark, name);
      table.refresh();
      return table;
    } catch (NoSuchTableException | ParseException e) {
      throw new IllegalStateException(
          "Cannot bring %s up to date: it is no table of this catalog".formatted(name), e);
    }
  }

  /** Whether there was something to commit. */
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

  /** Until all are made, Iceberg knows the columns of the table by the names of before. */
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

  /** The column under its name, or else under a former one. */
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
