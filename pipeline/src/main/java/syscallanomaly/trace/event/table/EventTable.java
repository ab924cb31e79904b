package syscallanomaly.trace.event.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.sequence.Event;

/** A table with one event a row, whose columns have names and types of their own. */
public final class EventTable {
  private static final long NANOS_OF_MICRO = 1_000;

  private final String place;
  private final Dataset<Row> table;
  private final EventTableSettings settings;
  private final EventSettings records;
  private final boolean byThread;

  /** The columns that the table has, as texts, whole numbers and nanoseconds. */
  private final Map<Field, Column> columns = new EnumMap<>(Field.class);

  /** Names of the columns that have these values without an expression. */
  private final Map<Field, String> direct = new EnumMap<>(Field.class);

  /**
   * @param place name of the table or folder, for messages
   * @param byThread whether each thread gives traces of its own
   */
  public EventTable(
      String place,
      Dataset<Row> table,
      EventTableSettings settings,
      EventSettings records,
      boolean byThread) {
    this.place = place;
    this.table = table;
    this.settings = settings;
    this.records = records;
    this.byThread = byThread;
  }

  /**
   * Plans the events of the rows. A row without a process or call, or with a value that is none,
   * becomes an event that says so. The plan takes the session's settings when it is asked for.
   *
   * @throws UnusableInputException if a column is missing or has a type that cannot be used
   */
  public Supplier<JavaRDD<Event>> events() {
    EventTableSettings usual = EventTableSettings.defaults();
    text(Field.HOST, optional(settings.host(), usual.host()), usual.host());
    text(Field.CONTAINER, optional(settings.container(), usual.container()), usual.container());
    whole(Field.PROCESS, Optional.of(required(settings.process(), "process")), "process");
    whole(Field.THREAD, optional(settings.thread(), usual.thread()), "thread");
    time(Field.STARTED, optional(settings.started(), usual.started()), "start");
    time(Field.TIME, optional(settings.time(), usual.time()), "time");
    whole(Field.ORDER, optional(settings.order(), usual.order()), "order");
    boolean isTimed = columns.containsKey(Field.TIME);
    if (!isTimed && !columns.containsKey(Field.ORDER)) {
      throw unusable(
          "no column orders its events, neither one of times nor one of numbers; its columns are "
              + String.join(", ", table.columns()));
    }
    text(Field.CALL, Optional.of(required(settings.call(), "system call")), "system call");
    Optional<String> architecture = optional(settings.architecture(), usual.architecture());
    text(Field.ARCHITECTURE, architecture, usual.architecture());
    text(Field.EXECUTABLE, optional(settings.executable(), usual.executable()), usual.executable());
    text(Field.FAMILY, optional(settings.family(), usual.family()), usual.family());
    CallNumber numbers =
        new CallNumber(records.architecture().orElse(Architecture.X86_64), records.mergeVariants());
    boolean ofThreads = byThread;
    return () -> batches().mapPartitions(all -> new TableEvents(all, numbers, isTimed, ofThreads));
  }

  private JavaRDD<TableBatch> batches() {
    return columnar().orElseGet(this::rowByRow);
  }

  private JavaRDD<TableBatch> rowByRow() {
    List<Field> fields = List.copyOf(columns.keySet());
    return table
        .select(columns.values().toArray(Column[]::new))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(rows -> new RowBatches(rows, fields));
  }

  /**
   * The columns as Spark reads them from the files, if that gives what the expressions would give:
   * if Spark reads whole columns, and nothing is to be done with their values.
   */
  Optional<JavaRDD<TableBatch>> columnar() {
    if (direct.size() < columns.size()) {
      return Optional.empty();
    }
    List<String> names =
        Arrays.stream(table.columns()).filter(direct::containsValue).distinct().toList();
    SparkPlan plan =
        table
            .select(names.stream().map(this::column).toArray(Column[]::new))
            .queryExecution()
            .executedPlan();
    if (plan instanceof WholeStageCodegenExec stage) {
      plan = stage.child();
    }
    List<ExprId> wanted = ids(plan.output());
    // Spark reads the columns in the names of folders whether they are asked for or not.
    if (plan instanceof ProjectExec project
        && JavaConverters.seqAsJavaList(project.projectList()).stream()
            .allMatch(AttributeReference.class::isInstance)) {
      plan = project.child();
    }
    if (!(plan instanceof ColumnarToRowExec toRows)) {
      return Optional.empty();
    }
    List<ExprId> read = ids(toRows.child().output());
    List<DirectColumn> places =
        direct.entrySet().stream()
            .map(
                column -> {
                  DataType type = type(column.getValue()).orElseThrow();
                  int position = read.indexOf(wanted.get(names.indexOf(column.getValue())));
                  return new DirectColumn(
                      column.getKey(), position, type, factor(column.getKey(), type));
                })
            .toList();
    return Optional.of(
        toRows
            .child()
            .executeColumnar()
            .toJavaRDD()
            .mapPartitions(batches -> new ColumnarBatches(batches, places)));
  }

  private static List<ExprId> ids(Seq<Attribute> columns) {
    return JavaConverters.seqAsJavaList(columns).stream().map(Attribute::exprId).toList();
  }

  private long factor(Field field, DataType type) {
    if (field != Field.TIME && field != Field.STARTED) {
      return 1;
    }
    return type instanceof TimestampType ? NANOS_OF_MICRO : settings.timeUnit().nanos();
  }

  private String required(String name, String what) {
    if (name.isEmpty() || !exists(name)) {
      throw missing(name, what);
    }
    return name;
  }

  /** The name of a column that may be missing if nobody asked for it. */
  private Optional<String> optional(String name, String usual) {
    if (!name.isEmpty() && exists(name)) {
      return Optional.of(name);
    }
    if (name.isEmpty() || name.equals(usual)) {
      return Optional.empty();
    }
    throw missing(name, usual);
  }

  private UnusableInputException missing(String name, String what) {
    return unusable(
        "it has no column '%s' for the %s; its columns are %s"
            .formatted(name, what, String.join(", ", table.columns())));
  }

  private UnusableInputException unusable(String why) {
    return new UnusableInputException("Cannot read events from %s: %s".formatted(place, why));
  }

  private boolean exists(String name) {
    return type(name).isPresent();
  }

  /** The type of a column, which may lie in structs, or empty if there is none. */
  private Optional<DataType> type(String name) {
    if (Arrays.asList(table.columns()).contains(name)) {
      return Optional.of(table.schema().apply(name).dataType());
    }
    DataType type = table.schema();
    for (String part : name.split("\\.", -1)) {
      if (!(type instanceof StructType struct)
          || !Arrays.asList(struct.fieldNames()).contains(part)) {
        return Optional.empty();
      }
      type = struct.apply(part).dataType();
    }
    return Optional.of(type);
  }

  private Column column(String name) {
    return Arrays.asList(table.columns()).contains(name)
        ? table.col("`" + name.replace("`", "``") + "`")
        : col(name);
  }

  /** A column of texts or numbers as text. */
  private void text(Field field, Optional<String> found, String what) {
    found.ifPresent(
        name -> {
          DataType type = type(name).orElseThrow();
          boolean nested =
              type instanceof StructType
                  || type instanceof ArrayType
                  || type instanceof MapType
                  || type instanceof BinaryType;
          if (nested) {
            throw wrongType(what, name, type, "a text or a whole number");
          }
          add(
              field,
              name,
              column(name).cast(DataTypes.StringType),
              type.equals(DataTypes.StringType));
        });
  }

  private void whole(Field field, Optional<String> found, String what) {
    found.ifPresent(
        name -> {
          DataType type = type(name).orElseThrow();
          boolean whole =
              type instanceof IntegralType
                  || type instanceof StringType
                  || (type instanceof DecimalType decimal && decimal.scale() == 0);
          if (!whole) {
            throw wrongType(what, name, type, "a whole number, or a text of one");
          }
          add(field, name, column(name).cast(DataTypes.LongType), type instanceof IntegralType);
        });
  }

  /** A column of timestamps, texts of timestamps or numbers as nanoseconds since 1970. */
  private void time(Field field, Optional<String> found, String what) {
    found.ifPresent(
        name -> {
          DataType type = type(name).orElseThrow();
          boolean isDirect = type instanceof IntegralType || type instanceof TimestampType;
          add(field, name, nanos(what, name, type), isDirect);
        });
  }

  /**
   * @param isDirect whether the column needs no expression
   */
  private void add(Field field, String name, Column value, boolean isDirect) {
    columns.put(field, value);
    if (isDirect && Arrays.asList(table.columns()).contains(name)) {
      direct.put(field, name);
    }
  }

  private Column nanos(String what, String name, DataType type) {
    Column column = column(name);
    if (type instanceof IntegralType) {
      return column.cast(DataTypes.LongType).multiply(lit(settings.timeUnit().nanos()));
    }
    if (type instanceof NumericType) {
      return column.multiply(lit(settings.timeUnit().nanos())).cast(DataTypes.LongType);
    }
    Column ofTimestamp =
        unix_micros(column.cast(DataTypes.TimestampType)).multiply(lit(NANOS_OF_MICRO));
    if (type instanceof StringType) {
      // In a CSV all columns are texts.
      return when(
              column.rlike("^-?[0-9]+$"),
              column.cast(DataTypes.LongType).multiply(lit(settings.timeUnit().nanos())))
          .otherwise(ofTimestamp);
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return ofTimestamp;
    }
    throw wrongType(what, name, type, "a timestamp, a text of one or a number");
  }

  private UnusableInputException wrongType(String what, String name, DataType type, String needed) {
    return unusable(
        "its column '%s' is of the type %s, and the %s must be %s"
            .formatted(name, type.simpleString(), what, needed));
  }
}
