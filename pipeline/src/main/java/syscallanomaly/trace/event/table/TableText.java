package syscallanomaly.trace.event.table;

import org.apache.spark.unsafe.types.UTF8String;

/** A text of a table with what is computed from it. Nothing changes the text. */
final class TableText {
  static final TableText EMPTY = new TableText(UTF8String.EMPTY_UTF8);

  final UTF8String value;
  final int hash;

  private boolean isNumbered;
  private TableText architecture;
  private int number;

  TableText(UTF8String value) {
    this.value = value;
    this.hash = value.hashCode();
  }

  /**
   * The number of the call that the text names, or {@link CallNumber#NONE}.
   *
   * @param of the architecture, or null; usually the same object each time
   */
  @SuppressWarnings("ReferenceEquality") // Another object is only looked up again.
  int callNumber(TableText of, CallNumber numbers) {
    if (!isNumbered || architecture != of) {
      number = numbers.of(value.toString(), of == null ? null : of.value.toString());
      architecture = of;
      isNumbered = true;
    }
    return number;
  }
}
