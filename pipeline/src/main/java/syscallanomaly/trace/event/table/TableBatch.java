package syscallanomaly.trace.event.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Some rows of a table, column by column. It is filled again and again. Columns that the table does
 * not have are null in each row.
 */
final class TableBatch {
  private final Map<Field, boolean[]> isNull = new EnumMap<>(Field.class);
  private final Map<Field, long[]> numbers = new EnumMap<>(Field.class);
  private final Map<Field, TableText[]> texts = new EnumMap<>(Field.class);
  private int capacity;
  private int size;

  /** Number of rows. */
  int size() {
    return size;
  }

  /** Takes the number of rows. If they are more than ever before, all fields are null. */
  void setSize(int rows) {
    if (rows > capacity) {
      capacity = rows;
      for (Field field : Field.values()) {
        if (field.isText()) {
          texts.put(field, new TableText[rows]);
        } else {
          boolean[] all = new boolean[rows];
          Arrays.fill(all, true);
          isNull.put(field, all);
          numbers.put(field, new long[rows]);
        }
      }
    }
    size = rows;
  }

  /** In which rows a number is null. */
  boolean[] isNull(Field field) {
    return isNull.get(field);
  }

  /** The numbers of a field: times in nanoseconds since 1970. */
  long[] numbers(Field field) {
    return numbers.get(field);
  }

  /** The texts of a field, or null. */
  TableText[] texts(Field field) {
    return texts.get(field);
  }
}
