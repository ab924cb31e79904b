package syscallanomaly.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Columns of text under each other: the first to the left, all others to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row of as many cells as the header has. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** The table, a line each, without blanks at the end. */
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
