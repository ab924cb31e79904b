package syscallanomaly.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text. The first column is aligned to the left, all others to the right. */
public final class TextTable {
  /** A figure that nobody knows. */
  public static final String UNKNOWN = "n/a";

  private static final String GAP = "  ";
  private static final double MIB = 1 << 20;

  private final List<List<String>> rows = new ArrayList<>();

  /** Makes a table with these headings. */
  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /** Formats figures alike on all machines. */
  public static String cell(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  /** A number of bytes in MiB, rounded. */
  public static String mebibytes(long bytes) {
    return cell("%,.0f", bytes / MIB);
  }

  /** Adds a row. It must have as many cells as the header. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** Returns the table, one line for each row, without blanks at the ends of lines. */
  public List<String> lines() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int index = column;
      widths.add(rows.stream().mapToInt(row -> row.get(index).length()).max().orElseThrow());
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String padding = " ".repeat(widths.get(column) - row.get(column).length());
      line.append(column == 0 ? row.get(0) + padding : GAP + padding + row.get(column));
    }
    return line.toString().stripTrailing();
  }
}
