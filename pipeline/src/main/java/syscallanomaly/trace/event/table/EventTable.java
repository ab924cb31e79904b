package syscallanomaly.trace.event.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
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
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.call.Architecture;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.sequence.EventColumns;

/** A table with one event a row, whose columns have names and types of their own. */
public final class EventTable {
  private static final long NANOS_OF_MICRO = 1_000;
  private static final int LONGEST_VALUE = 40;
  private static final String REASON = "reason";

  private final String place;
  private final Dataset<Row> table;
  private final EventTableSettings settings;
  private final EventSettings records;
  private final boolean byThread;

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
   * Gives the rows the columns of {@link EventColumns#schema()}. A row without a process or call,
   * or with a value that is none, becomes a row that says so.
   *
   * @throws UnusableInputException if a column is missing or has a type that cannot be used
   */
  public Dataset<Row> rows() {
    EventTableSettings usual = EventTableSettings.defaults();
    Optional<Column> host = text(settings.host(), usual.host());
    Optional<Column> container = text(settings.container(), usual.container());
    Column process = whole("process", required(settings.process(), "process"));
    Optional<Column> thread =
        optional(settings.thread(), usual.thread()).map(name -> whole("thread", name));
    Optional<Column> started =
        optional(settings.started(), usual.started()).map(name -> time("start", name));
    Optional<Column> time = optional(settings.time(), usual.time()).map(name -> time("time", name));
    Optional<Column> order =
        optional(settings.order(), usual.order()).map(name -> whole("order", name));
    if (time.isEmpty() && order.isEmpty()) {
      throw unusable(
          "no column orders its events, neither one of times nor one of numbers; its columns are "
              + String.join(", ", table.columns()));
    }
    String calls = required(settings.call(), "system call");
    Column call = plain("system call", calls);
    Optional<Column> architecture = text(settings.architecture(), usual.architecture());
    Optional<Column> executable = text(settings.executable(), usual.executable());

    Optional<Column> family = text(settings.family(), usual.family());
    Column number = number(call, architecture);
    Dataset<Row> cast =
        table.select(
            empty(host).as(EventColumns.HOST),
            empty(container).as(EventColumns.CONTAINER),
            process.as(EventColumns.PROCESS),
            coalesce(thread.orElse(process), process).as(EventColumns.THREAD),
            started.orElse(none(DataTypes.LongType)).as(EventColumns.STARTED),
            time.orElse(none(DataTypes.LongType)).as(EventColumns.TIME),
            coalesce(order.orElse(lit(0L)), lit(0L)).as(EventColumns.POSITION),
            number.as(EventColumns.CALL),
            call.as(EventColumns.TEXT),
            executable.orElse(none(DataTypes.StringType)).as(EventColumns.EXECUTABLE),
            notEmpty(family).as(EventColumns.FAMILY),
            reason(process, number, call, architecture.orElse(lit("")), time).as(REASON));
    return cast.select(columns());
  }

  /** Rejected rows differ in their reasons alone, so that equal reasons come one after another. */
  private Column[] columns() {
    Column rejected = col(REASON).isNotNull();
    Map<String, Column> special = new HashMap<>();
    special.put(EventColumns.RECORDING, lit(""));
    special.put(EventColumns.HOST, unless(rejected, EventColumns.HOST, lit("")));
    special.put(EventColumns.CONTAINER, unless(rejected, EventColumns.CONTAINER, lit("")));
    special.put(
        EventColumns.OWNER,
        unless(rejected, byThread ? EventColumns.THREAD : EventColumns.PROCESS, lit(0L)));
    special.put(
        EventColumns.STARTED, unless(rejected, EventColumns.STARTED, none(DataTypes.LongType)));
    special.put(EventColumns.TIME, unless(rejected, EventColumns.TIME, none(DataTypes.LongType)));
    special.put(EventColumns.FILE, lit(""));
    special.put(EventColumns.POSITION, unless(rejected, EventColumns.POSITION, lit(0L)));
    special.put(EventColumns.KIND, kind(rejected));
    special.put(EventColumns.PROCESS, unless(rejected, EventColumns.PROCESS, lit(0L)));
    special.put(EventColumns.THREAD, unless(rejected, EventColumns.THREAD, lit(1L)));
    special.put(EventColumns.CALL, unless(rejected, EventColumns.CALL, lit(-1)));
    special.put(EventColumns.CREATED, none(DataTypes.LongType));
    special.put(
        EventColumns.TEXT,
        when(rejected, col(REASON))
            .when(col(EventColumns.CALL).geq(SystemCalls.UNKNOWN_NAMES), col(EventColumns.TEXT)));
    return Arrays.stream(EventColumns.schema().fieldNames())
        .map(name -> special.getOrDefault(name, col(name)).as(name))
        .toArray(Column[]::new);
  }

  private static Column unless(Column rejected, String name, Column instead) {
    return when(rejected, instead).otherwise(col(name));
  }

  private static Column kind(Column rejected) {
    SystemCalls calls = SystemCalls.tables();
    return when(rejected, lit(EventColumns.REJECTED))
        .when(
            col(EventColumns.CALL).isin(calls.number("execve"), calls.number("execveat")),
            lit(EventColumns.code(Kind.EXEC)))
        .otherwise(lit(EventColumns.code(Kind.CALL)));
  }

  private Column number(Column call, Optional<Column> architecture) {
    CallNumber number =
        new CallNumber(records.architecture().orElse(Architecture.X86_64), records.mergeVariants());
    if (architecture.isPresent()) {
      return udf(number, DataTypes.IntegerType).apply(call, architecture.get());
    }
    UDF1<String, Integer> ofFallback = name -> number.call(name, null);
    return udf(ofFallback, DataTypes.IntegerType).apply(call);
  }

  /** Why a row cannot be used, or null. */
  private static Column reason(
      Column process, Column number, Column call, Column architecture, Optional<Column> time) {
    Column reason =
        when(process.isNull(), lit("a row has no process, or one that is no whole number"))
            .when(call.isNull(), lit("a row has no system call"))
            .when(
                number.isNull(),
                concat(
                    lit("a row has the system call '"),
                    functions.substring(call, 1, LONGEST_VALUE),
                    lit("' of the architecture '"),
                    functions.substring(coalesce(architecture, lit("")), 1, LONGEST_VALUE),
                    lit("', which cannot be")));
    return time.isEmpty()
        ? reason
        : reason.when(time.get().isNull(), lit("a row has no time, or one that is none"));
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

  private Optional<Column> text(String name, String usual) {
    return optional(name, usual).map(found -> plain(usual, found));
  }

  /** A column of texts or numbers as text. */
  private Column plain(String what, String name) {
    DataType type = type(name).orElseThrow();
    boolean nested =
        type instanceof StructType
            || type instanceof ArrayType
            || type instanceof MapType
            || type instanceof BinaryType;
    if (nested) {
      throw wrongType(what, name, type, "a text or a whole number");
    }
    return column(name).cast(DataTypes.StringType);
  }

  private Column whole(String what, String name) {
    DataType type = type(name).orElseThrow();
    boolean whole =
        type instanceof IntegralType
            || type instanceof StringType
            || (type instanceof DecimalType decimal && decimal.scale() == 0);
    if (!whole) {
      throw wrongType(what, name, type, "a whole number, or a text of one");
    }
    return column(name).cast(DataTypes.LongType);
  }

  /** A column of timestamps, texts of timestamps or numbers as nanoseconds since 1970. */
  private Column time(String what, String name) {
    DataType type = type(name).orElseThrow();
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

  private static Column empty(Optional<Column> text) {
    return text.map(column -> coalesce(column, lit(""))).orElse(lit(""));
  }

  /** Where a table has no family, nothing says that an event is normal. */
  private static Column notEmpty(Optional<Column> text) {
    return text.map(column -> when(trim(column).notEqual(""), column))
        .orElse(none(DataTypes.StringType));
  }

  private static Column none(DataType type) {
    return lit(null).cast(type);
  }
}
