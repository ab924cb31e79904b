package syscallanomaly.warehouse;

import java.util.Arrays;
import java.util.stream.Collectors;
import syscallanomaly.table.TableColumn;

/** The metric tables and their columns for people, as Markdown. */
final class TableDictionary {
  private static final String HEAD =
      """
      # Metric tables

      The tables of the warehouse and their columns. Tables and columns carry the same comments in
      the warehouse itself. This file is generated: edit the records that declare the columns, and
      write it again as `TableDictionaryTest` says.
      """;

  private TableDictionary() {}

  static String markdown() {
    return HEAD
        + Arrays.stream(MetricTable.values())
            .map(TableDictionary::section)
            .collect(Collectors.joining());
  }

  private static String section(MetricTable table) {
    return """

        ## %s

        %s

        | column | type | holds | formerly |
        |---|---|---|---|
        %s
        """
        .formatted(
            table.label(),
            table.comment(),
            table.columns().stream().map(TableDictionary::line).collect(Collectors.joining("\n")));
  }

  private static String line(TableColumn column) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            column.name(),
            column.type().simpleString(),
            column.comment().replace("|", "\\|"),
            column.formerly().stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ")));
  }
}
