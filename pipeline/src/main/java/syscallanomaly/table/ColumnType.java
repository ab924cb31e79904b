package syscallanomaly.table;

import java.lang.invoke.MethodType;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Says how a table stores values of a Java type.
 *
 * @param stored type of the column
 * @param toStored turns a Java value, which is not null, into the stored value
 * @param toJava turns a stored value, which is not null, into the Java value
 */
record ColumnType(DataType stored, UnaryOperator<Object> toStored, UnaryOperator<Object> toJava) {
  /** Names the types that can be stored, for errors. */
  static final String SUPPORTED =
      "int, long, double, boolean, their boxes, String, Instant or an enum that is Labelled";

  /** Finds how values of a type are stored. The result is empty if they cannot be stored. */
  static Optional<ColumnType> of(Class<?> type) {
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    if (boxed == Integer.class) {
      return Optional.of(
          new ColumnType(
              DataTypes.LongType,
              value -> ((Integer) value).longValue(),
              stored -> Math.toIntExact((Long) stored)));
    }
    if (boxed == Long.class) {
      return Optional.of(asItIs(DataTypes.LongType));
    }
    if (boxed == Double.class) {
      return Optional.of(asItIs(DataTypes.DoubleType));
    }
    if (boxed == Boolean.class) {
      return Optional.of(asItIs(DataTypes.BooleanType));
    }
    if (type == String.class) {
      return Optional.of(asItIs(DataTypes.StringType));
    }
    if (type == Instant.class) {
      return Optional.of(
          new ColumnType(DataTypes.TimestampType, UnaryOperator.identity(), ColumnType::instant));
    }
    if (type.isEnum() && Labelled.class.isAssignableFrom(type)) {
      Class<? extends Labelled> labelled = type.asSubclass(Labelled.class);
      return Optional.of(
          new ColumnType(
              DataTypes.StringType,
              value -> ((Labelled) value).label(),
              stored -> Labelled.of(labelled, (String) stored)));
    }
    return Optional.empty();
  }

  private static ColumnType asItIs(DataType stored) {
    return new ColumnType(stored, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * Reads a timestamp. Spark's setting {@code spark.sql.datetime.java8API.enabled} decides of which
   * class it is.
   */
  private static Object instant(Object stored) {
    return stored instanceof Timestamp timestamp ? timestamp.toInstant() : stored;
  }
}
