package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** A format that finds several traces in a file, or none. */
@ExtendWith(SparkExtension.class)
class SeveralTracesInAFileTest {
  private static final List<String> LINES =
      List.of(
          "0 Adduser_1/b#7 Adduser [3, 4, 5]",
          "1 Adduser_1/b#2 Adduser [6]",
          "2 Hydra_9/a#7 Hydra [8, 9]",
          "3 Hydra_9/a#3 Hydra [1]",
          "4 Hydra_9/c#1 Hydra [2]");

  private static final List<String> REJECTS =
      List.of(
          "attack Adduser_1/b#5: call 2 is not 0 to 340",
          "attack Adduser_1/none: holds no trace",
          "attack Hydra_9/large: has 48 bytes, more than the 40 that are accepted");

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus(SparkSession session) throws IOException {
    spark = session;
    new Corpus()
        .with("Hydra_9/a", "7 8\n3 1\n7 9\n")
        .with("Adduser_1/b", "7 3\n5 1\n2 6\n7 4\n5 x\n7 5\n")
        .with("Adduser_1/none", "# nothing ran\n")
        .with("Hydra_9/c", "1 2\n")
        .with("Hydra_9/large", "1 2\n".repeat(12))
        .writeTo(folder);
  }

  @Test
  void processesInterleavedInAFileBecomeTracesOfTheirOwn() {
    TraceSet traces = read(spark, 1);
    assertThat(Corpus.lines(traces)).containsExactlyElementsOf(LINES);
    assertThat(Corpus.rejects(traces, folder)).containsExactlyElementsOf(REJECTS);
    assertThat(traces.rejected()).isEqualTo(3);
  }

  @Test
  void ordinalsIdsAndRejectsDoNotDependOnTheSlices() {
    TraceSet inTwoSlices = read(spark, 1);
    SparkSession small = spark.newSession();
    small.conf().set("spark.sql.files.maxPartitionBytes", "1");
    TraceSet inASliceEach = read(small, 1);

    assertThat(inTwoSlices.traces().rdd().getNumPartitions()).isEqualTo(2);
    assertThat(inASliceEach.traces().rdd().getNumPartitions()).isEqualTo(5);
    for (TraceSet traces : List.of(inTwoSlices, inASliceEach)) {
      assertThat(Corpus.lines(traces)).containsExactlyElementsOf(LINES);
      assertThat(Corpus.rejects(traces, folder)).containsExactlyElementsOf(REJECTS);
    }
  }

  @Test
  void theShareOfRejectsIsThatOfTracesAndSaysInHowManyFiles() {
    read(spark, 3.0 / 8).requireUsable();
    assertThatThrownBy(() -> read(spark, 0.3).requireUsable())
        .isInstanceOf(UnusableInputException.class)
        .hasMessage(
            "Cannot use the attack traces from "
                + folder
                + ": 3 of 8 traces in 5 files rejected, a share of 0.3750 where 0.3000 is accepted"
                + " and one trace at least must be left; mend or remove them, the first is file:"
                + folder
                + "/Adduser_1/b#5: call 2 is not 0 to 340");
  }

  private TraceSet read(SparkSession session, double maxRejectedShare) {
    TraceSettings settings =
        new TraceSettings("any", "", "", "", folder.toString(), 40, maxRejectedShare);
    return new TraceReader(session, settings, 340, new ProcessCallFormat()).read(Split.ATTACK);
  }
}
