package syscallanomaly.jobs.benchmark.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import syscallanomaly.model.TimeBreakdown;

/** What people and programs are shown of a benchmark, on figures made up. */
class SpeedTablesTest {
  private static final SpeedResult RESULT =
      new SpeedResult(
          Map.of("spark", "3.5.9"),
          new Machine(2, "A CPU", "A VM 17", 256, 1, 2),
          "abc",
          Map.of("run.id", "r1"),
          0.125,
          List.of(
              new Measurement(
                  "DL4J alone, 2 native threads",
                  1,
                  List.of(
                      new Repeat(10, 1000, 1000, 3, TimeBreakdown.NONE),
                      new Repeat(5, 1000, 1000, 3.5, TimeBreakdown.NONE))),
              new Measurement(
                  "fast LSTM",
                  1,
                  List.of(
                      new Repeat(1, 2000, 6000, 2.5, training(.75, .5)),
                      new Repeat(2, 2000, 6000, 2.25, training(1.5, .75)))),
              new Measurement(
                  "fast LSTM",
                  2,
                  List.of(
                      new Repeat(.5, 2000, 6000, 2.5, training(.75, .375)),
                      new Repeat(1, 2000, 6000, 2.5, training(1.5, .75))))),
          List.of(
              new Measurement(
                  "DL4J's LSTM", 1, List.of(new Repeat(1, 2000, 2000, 5.5, TimeBreakdown.NONE))),
              new Measurement(
                  "fast LSTM", 1, List.of(new Repeat(4, 20000, 20000, 5.5, scoring(3, 1.5)))),
              new Measurement(
                  "fast LSTM", 2, List.of(new Repeat(2, 20000, 20000, 5.5, scoring(3, 1.5))))));

  private static TimeBreakdown training(double compute, double products) {
    return new TimeBreakdown(compute, products, 4, .5, .375, .0625, .03125);
  }

  private static TimeBreakdown scoring(double compute, double products) {
    return new TimeBreakdown(compute, products, 0, 0, 0, 0, 0);
  }

  @Test
  void tablesShowMediansAndWhatTheyAreComparedWith() {
    assertThat(String.join("\n", SpeedTables.lines(RESULT)))
        .isEqualTo(
            """
            A CPU, 2 cores, Spark parallelism 2, 256-bit vectors, A VM 17
            Other processes kept 0.13 cores busy meanwhile

            Training, an epoch a measurement; medians of 2, lowest to highest
            variant                       workers  calls  calls/s                  with multiplicity/s   loss  to the first  to one worker
            DL4J alone, 2 native threads        1  1,000      150      100 to 200                  150  3.250          1.00           1.00
            fast LSTM                           1  2,000    1,500  1,000 to 2,000                4,500  2.375         30.00           1.00
            fast LSTM                           2  2,000    3,000  2,000 to 4,000                9,000  2.500         60.00           2.00

            Where the time of an epoch goes
            variant    workers  outside workers' compute  compute in products  calls/s if there were only products
            fast LSTM        1                      25 %                 58 %                                3,333
            fast LSTM        2                      25 %                 50 %                                8,000

            Where the time of an averaging round goes
            variant    workers  rounds  ms a round  slowest worker's compute  broadcast  aggregate  scheduling, windows, transfer
            fast LSTM        1       4       125.0                      93.8       15.6        7.8                            7.8
            fast LSTM        2       4       125.0                      93.8       15.6        7.8                            7.8

            Scoring; medians of 1, lowest to highest
            variant      workers   calls  calls/s                    with multiplicity/s   loss  to the first  to one worker
            DL4J's LSTM        1   2,000    2,000    2,000 to 2,000                2,000  5.500          1.00           1.00
            fast LSTM          1  20,000    5,000    5,000 to 5,000                5,000  5.500          2.50           1.00
            fast LSTM          2  20,000   10,000  10,000 to 10,000               10,000  5.500          5.00           2.00

            Where the time of scoring goes
            variant    workers  outside workers' compute  compute in products  calls/s if there were only products
            fast LSTM        1                      25 %                 50 %                               13,333
            fast LSTM        2                      25 %                 50 %                               26,667""");
  }

  @Test
  void jsonHoldsEveryMeasurement() throws Exception {
    JsonNode json = new ObjectMapper().readTree(RESULT.toJson());

    assertThat(json.path("machine").toString())
        .isEqualTo(
            """
            {"cores":2,"processor":"A CPU","jvm":"A VM 17","vector_bits":256,"native_threads":1,"parallelism":2}""");
    assertThat(json.path("input_fingerprint").asText()).isEqualTo("abc");
    assertThat(json.path("cores_of_other_processes").asDouble()).isEqualTo(.125);
    assertThat(json.path("configuration").toString()).isEqualTo("{\"run.id\":\"r1\"}");
    assertThat(json.path("training")).hasSize(3);
    assertThat(json.path("training").path(1).fieldNames())
        .toIterable()
        .containsExactly(
            "variant",
            "workers",
            "median_calls_per_second",
            "median_occurrences_per_second",
            "repeats");
    assertThat(json.path("training").path(1).path("median_calls_per_second").asDouble())
        .isEqualTo(1500);
    assertThat(json.path("training").path(1).path("repeats").path(1).toString())
        .isEqualTo(
            """
            {"calls_per_second":1000.0,"occurrences_per_second":3000.0,"seconds":2.0,"calls":2000,"occurrences":6000,"loss":2.25,"time":{"compute_seconds":1.5,"product_seconds":0.75,"rounds":4,"round_seconds":0.5,"slowest_compute_seconds":0.375,"broadcast_seconds":0.0625,"aggregate_seconds":0.03125}}""");
    assertThat(json.path("scoring").path(1).path("variant").asText()).isEqualTo("fast LSTM");
  }
}
