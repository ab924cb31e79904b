package syscallanomaly.jobs.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.benchmark.speed.Machine;
import syscallanomaly.jobs.run.StepName;

/** What people and programs are shown, on figures made up. */
class ScaleResultTest {
  private static final long MIB = 1 << 20;
  private static final ScaleResult RESULT =
      new ScaleResult(
          "1.0",
          "3.5.9",
          new Machine(2, "A CPU", "A VM 17", 256, 1, 2),
          2048 * MIB,
          "abc",
          Map.of("run.id", "r1"),
          List.of(
              new ScaleMeasurement(
                  1,
                  8,
                  1000,
                  850,
                  800,
                  1,
                  MIB,
                  List.of(
                      new StepMeasurement(
                          StepName.VOCABULARY,
                          .5,
                          40,
                          MIB,
                          0,
                          400 * MIB,
                          90 * MIB,
                          900 * MIB,
                          800 * MIB,
                          100 * MIB,
                          .125),
                      new StepMeasurement(
                          StepName.SCORE,
                          1.5,
                          50,
                          2 * MIB,
                          0,
                          500 * MIB,
                          100 * MIB,
                          1000 * MIB,
                          850 * MIB,
                          120 * MIB,
                          .25))),
              new ScaleMeasurement(
                  10,
                  80,
                  10_000,
                  8500,
                  4000,
                  2,
                  3 * MIB,
                  List.of(
                      new StepMeasurement(
                          StepName.VOCABULARY,
                          1,
                          44,
                          10 * MIB,
                          0,
                          500 * MIB,
                          95 * MIB,
                          900 * MIB,
                          820 * MIB,
                          110 * MIB,
                          .5),
                      new StepMeasurement(
                          StepName.SCORE,
                          9,
                          56,
                          20 * MIB,
                          5 * MIB,
                          600 * MIB,
                          150 * MIB,
                          1100 * MIB,
                          935 * MIB,
                          130 * MIB,
                          1)))));

  @Test
  void tablesShowTimeAndMemoryAndHowTheyGrow() {
    assertThat(String.join("\n", RESULT.lines()))
        .isEqualTo(
            """
            A CPU, 2 cores, Spark parallelism 2, heap of at most 2,048 MiB, A VM 17

            Time of the steps
            times  traces   calls  distinct windows  windows/ MiB        step  seconds  calls/s  time a call, to the multiple above  tasks  shuffled MiB  spilled MiB
            1           8   1,000               800           1.0  vocabulary      0.5    2,000                                 n/a     40             1            0
            1           8   1,000               800           1.0       score      1.5      667                                 n/a     50             2            0
            10         80  10,000             4,000           3.0  vocabulary      1.0   10,000                                0.20     44            10            0
            10         80  10,000             4,000           3.0       score      9.0    1,111                                0.60     56            20            5

            Most memory of this process meanwhile, MiB
            times        step  heap, after a collection  heap, garbage included  resident  anonymous  to the multiple above  of files  collecting s
            1      vocabulary                        90                     400       900        800                    n/a       100           0.1
            1           score                       100                     500     1,000        850                    n/a       120           0.3
            10     vocabulary                        95                     500       900        820                   1.03       110           0.5
            10          score                       150                     600     1,100        935                   1.10       130           1.0""");
  }

  @Test
  void jsonHoldsEveryMeasurement() throws Exception {
    JsonNode json = new ObjectMapper().readTree(RESULT.toJson());

    assertThat(json.path("largest_heap_bytes").asLong()).isEqualTo(2048 * MIB);
    assertThat(json.path("multiples").path(1).toString())
        .isEqualTo(
            """
            {"multiple":10,"seconds":10.0,"calls_per_second":1000.0,"traces":80,"calls":10000,"windows":8500,"distinct_windows":4000,"generation_seconds":2.0,"windows_bytes":3145728,"steps":[{"step":"VOCABULARY","seconds":1.0,"tasks":44,"shuffled_bytes":10485760,"spilled_bytes":0,"peak_heap_bytes":524288000,"peak_live_bytes":99614720,"peak_resident_bytes":943718400,"peak_anonymous_bytes":859832320,"peak_file_bytes":115343360,"collection_seconds":0.5},{"step":"SCORE","seconds":9.0,"tasks":56,"shuffled_bytes":20971520,"spilled_bytes":5242880,"peak_heap_bytes":629145600,"peak_live_bytes":157286400,"peak_resident_bytes":1153433600,"peak_anonymous_bytes":980418560,"peak_file_bytes":136314880,"collection_seconds":1.0}]}""");
  }
}
