package syscallanomaly.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table whose rows are the instances of a record class, derived from {@link
 * Column} and {@link DerivedColumn}.
 *
 * <pre>{@code
 * record Reading(
 *     @Column(comment = "Name of the sensor.") String sensor,
 *     @Column(comment = "Temperature in degrees Celsius.", formerly = "temp") double celsius) {}
 *
 * RecordColumns<Reading> columns = RecordColumns.of(Reading.class);
 * columns.schema(); // sensor string, celsius double, with these comments
 * columns.values(new Reading("roof", 21.5)); // ["roof", 21.5]
 * columns.record(row); // a Reading of a row that has these columns
 * }</pre>
 *
 * <p>{@code int} and {@code long} become bigint. {@code double}, {@code boolean} and {@code String}
 * keep their types. An {@code Instant} becomes a timestamp, and an enum becomes its {@link
 * Labelled#label}. The columns are in the order of the components. A derived column follows the
 * column that {@link DerivedColumn#after} names.
 */
public final class RecordColumns<R extends Record> {
  private final Class<R> type;
  private final List<Source> components;
  private final List<Source> all;
  private final Constructor<R> constructor;

  private RecordColumns(
      Class<R> type, List<Source> components, List<Source> all, Constructor<R> constructor) {
    this.type = type;
    this.components = components;
    this.all = all;
    this.constructor = constructor;
  }

  /** A column and the method of the record that has its value. */
  private record Source(TableColumn column, Method accessor, ColumnType type) {}

  /**
   * Derives the columns of a record class.
   *
   * @throws IllegalArgumentException if a component or method cannot become a column, which the
   *     message names. It may have no annotation or comment, a type that has no column, a name that
   *     is taken, or no column to follow.
   */
  public static <R extends Record> RecordColumns<R> of(Class<R> type) {
    List<Source> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Column declared = component.getAnnotation(Column.class);
      if (declared == null) {
        throw refusal(type, component.getName(), "it has no @Column; add one with a comment");
      }
      String name = declared.name().isEmpty() ? snakeCase(component.getName()) : declared.name();
      components.add(
          source(
              type,
              component.getAccessor(),
              name,
              declared.comment(),
              List.of(declared.formerly())));
    }
    List<Source> all = withDerived(type, components);
    requireOwnNames(type, all);
    return new RecordColumns<>(type, List.copyOf(components), List.copyOf(all), constructor(type));
  }

  /** The record class. */
  public Class<R> type() {
    return type;
  }

  /** The columns, in the order of the table. */
  public List<TableColumn> columns() {
    return all.stream().map(Source::column).toList();
  }

  /** The columns as a schema of Spark, with their comments. */
  public StructType schema() {
    return new StructType(columns().stream().map(TableColumn::field).toArray(StructField[]::new));
  }

  /**
   * The values of a row in the order of the columns. A value is null if the record's value is null.
   */
  public List<Object> values(R row) {
    List<Object> values = new ArrayList<>();
    for (Source source : all) {
      Object value = value(source, row);
      values.add(value == null ? null : source.type().toStored().apply(value));
    }
    return values;
  }

  /**
   * Reads a record from a row. Derived columns and unknown columns are ignored.
   *
   * @param row row that has the components' columns with their types, in any order
   * @throws IllegalArgumentException if a column is missing, if the value of an {@code int}, {@code
   *     long} or {@code boolean} component is null, or if the record refuses the values
   */
  public R record(Row row) {
    Object[] arguments = components.stream().map(source -> argument(source, row)).toArray();
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "Cannot read a %s from a row: %s"
              .formatted(type.getSimpleName(), e.getCause().getMessage()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot call the constructor of " + type.getName(), e);
    }
  }

  private Object argument(Source source, Row row) {
    String name = source.column().name();
    List<String> names = Arrays.asList(row.schema().fieldNames());
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "Cannot read a %s from a row: it has no column '%s'; its columns are %s"
              .formatted(type.getSimpleName(), name, String.join(", ", names)));
    }
    Object stored = row.getAs(name);
    if (stored != null) {
      return source.type().toJava().apply(stored);
    }
    Class<?> wanted = source.accessor().getReturnType();
    if (wanted == double.class) {
      return Double.NaN;
    }
    if (wanted.isPrimitive()) {
      throw new IllegalArgumentException(
          ("Cannot read a %s from a row: column '%s' is null, which type %s cannot hold;"
                  + " declare it boxed")
              .formatted(type.getSimpleName(), name, wanted));
    }
    return null;
  }

  private static Object value(Source source, Record row) {
    try {
      return source.accessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Cannot read column '%s' of a %s"
              .formatted(source.column().name(), row.getClass().getSimpleName()),
          e);
    }
  }

  private static Source source(
      Class<?> type, Method accessor, String name, String comment, List<String> formerly) {
    if (comment.isBlank()) {
      throw refusal(type, accessor.getName(), "its comment is blank; say what the column holds");
    }
    ColumnType stored =
        ColumnType.of(accessor.getReturnType())
            .orElseThrow(
                () ->
                    refusal(
                        type,
                        accessor.getName(),
                        "it is of type %s; use %s"
                            .formatted(accessor.getReturnType().getName(), ColumnType.SUPPORTED)));
    accessor.setAccessible(true);
    return new Source(new TableColumn(name, stored.stored(), comment, formerly), accessor, stored);
  }

  private static List<Source> withDerived(Class<?> type, List<Source> components) {
    List<Source> all = new ArrayList<>(components);
    // Java returns the methods in no fixed order.
    List<Method> derived =
        new ArrayList<>(
            Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(DerivedColumn.class))
                .sorted(Comparator.comparing(Method::getName).reversed())
                .toList());
    while (!derived.isEmpty()) {
      Method next =
          derived.stream()
              .filter(method -> position(all, after(method)) >= 0)
              .findFirst()
              .orElseThrow(
                  () ->
                      refusal(
                          type,
                          derived.get(0).getName(),
                          "it follows a column '%s', which is not there"
                              .formatted(after(derived.get(0)))));
      derived.remove(next);
      if (next.getParameterCount() > 0) {
        throw refusal(type, next.getName(), "it takes arguments; derive it from the record alone");
      }
      String comment = next.getAnnotation(DerivedColumn.class).comment();
      all.add(
          position(all, after(next)) + 1,
          source(type, next, snakeCase(next.getName()), comment, List.of()));
    }
    return all;
  }

  private static String after(Method derived) {
    return derived.getAnnotation(DerivedColumn.class).after();
  }

  private static int position(List<Source> sources, String column) {
    return sources.stream().map(source -> source.column().name()).toList().indexOf(column);
  }

  private static void requireOwnNames(Class<?> type, List<Source> sources) {
    Set<String> taken = new HashSet<>();
    for (Source source : sources) {
      if (!taken.add(source.column().name())) {
        throw refusal(
            type,
            source.accessor().getName(),
            "another column is named '%s'".formatted(source.column().name()));
      }
    }
    for (Source source : sources) {
      for (String former : source.column().formerly()) {
        if (!taken.add(former)) {
          throw refusal(
              type,
              source.accessor().getName(),
              "its former name '%s' is a name of another column".formatted(former));
        }
      }
    }
  }

  private static <R extends Record> Constructor<R> constructor(Class<R> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor", e);
    }
  }

  private static IllegalArgumentException refusal(Class<?> type, String member, String why) {
    return new IllegalArgumentException(
        "Cannot make a column of %s.%s: %s".formatted(type.getSimpleName(), member, why));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
