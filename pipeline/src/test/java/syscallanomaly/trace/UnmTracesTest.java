package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** The format that the settings name takes the processes of a file apart. */
@ExtendWith(SparkExtension.class)
class UnmTracesTest {
  @TempDir private Path folder;

  @Test
  void processesOfAllFilesAreTracesAndADamagedFileIsOneReject(SparkSession spark)
      throws IOException {
    new Corpus()
        .with("attack_1/b.int", "7 3\n5 1\n7 4\n")
        .with("attack_1/a.int", "7 8\n7 9\n")
        .with("attack_2/damaged.int", "7 1\n8 2\n8\n")
        .with("attack_2/empty.int", "")
        .with("attack_2/large.int", "1 2\n".repeat(11))
        .writeTo(folder);
    TraceSettings settings = new TraceSettings("unm", "", "", "", folder.toString(), 40, 3.0 / 6);
    TraceSet traces = new TraceReader(spark, settings, 340).read(Split.ATTACK);

    assertThat(Corpus.lines(traces))
        .containsExactly(
            "0 attack_1/a.int#7 attack [8, 9]",
            "1 attack_1/b.int#7 attack [3, 4]",
            "2 attack_1/b.int#5 attack [1]");
    assertThat(Corpus.rejects(traces, folder))
        .containsExactlyElementsOf(
            List.of(
                "attack attack_2/damaged.int: line 3: has a process and no call",
                "attack attack_2/empty.int: is empty",
                "attack attack_2/large.int: has 44 bytes, more than the 40 that are accepted"));
    assertThat(traces.rejected()).isEqualTo(3);
    traces.requireUsable();
  }

  @Test
  void anUnknownFormatIsRefusedWithTheNamesOfAll(SparkSession spark) {
    TraceSettings settings = new TraceSettings("csv", "", "t", "", "", 10, 0);
    assertThatThrownBy(() -> new TraceReader(spark, settings, 340))
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot read traces of the format 'csv': no such format; there are adfa-ld, unm, strace,"
                + " auditd, sysdig, events, auto");
  }
}
