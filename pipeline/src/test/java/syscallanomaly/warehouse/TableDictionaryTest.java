package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The table dictionary {@code pipeline/tables.md} says what the records declare. After a change of
 * a declaration, write it again:
 *
 * <pre>{@code
 * mvn test -pl pipeline -Dtest=TableDictionaryTest -Dtables.write=true
 * }</pre>
 */
class TableDictionaryTest {
  private static final Path FILE = Path.of("tables.md");

  @Test
  void theFileSaysWhatTheRecordsDeclare() throws Exception {
    if (Boolean.getBoolean("tables.write")) {
      Files.writeString(FILE, TableDictionary.markdown());
    }
    assertThat(FILE)
        .as(
            "pipeline/tables.md; write it again with: mvn test -pl pipeline"
                + " -Dtest=TableDictionaryTest -Dtables.write=true")
        .hasContent(TableDictionary.markdown());
  }

  @Test
  void aColumnHasTypeCommentAndFormerName() {
    assertThat(TableDictionary.markdown())
        .contains(
            "\n## next_call\n\nHow well the trained language model predicts the next system call."
                + " One row per run and split.\n\n| column | type | holds | formerly |\n"
                + "|---|---|---|---|\n| `run_id` | string | Name of the run that the row belongs"
                + " to. |  |\n",
            "\n| `predictions` | bigint | Number of predictions: one for each window, or, with a"
                + " model of whole traces, one for each call. | `windows` |\n");
  }
}
