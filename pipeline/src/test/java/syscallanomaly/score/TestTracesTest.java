package syscallanomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Traces.calls;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class TestTracesTest {
  private static final int EXECVE = 11;

  private static Dataset<Row> known(SparkSession spark, int[]... traces) {
    return TestTraces.contents(Traces.of(spark, traces));
  }

  private static Dataset<Row> attacks(SparkSession spark) {
    Dataset<Row> one =
        Traces.ofFamily(spark, "Adduser", calls(1, 1), calls(2, 2), calls(4, 4), calls(4, 4));
    Dataset<Row> other =
        Traces.ofFamily(spark, "Web_Shell", calls(4, 4), calls(5, 5), calls(4, 4))
            .withColumn("ordinal", functions.col("ordinal").plus(4));
    return one.union(other);
  }

  private static List<String> marked(Dataset<Row> tests, String column) {
    return tests
        .where(column)
        .orderBy("split", "ordinal")
        .selectExpr("concat(split, ordinal)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void aTraceIsDistinctOnceInItsSplitAndNotIfItRepeatsAnEarlierOne(SparkSession spark) {
    Dataset<Row> tests =
        TestTraces.of(
            known(spark, calls(1, 1)),
            Traces.of(spark, calls(1, 1), calls(2, 2), calls(2, 2), calls(3, 3)),
            Optional.of(attacks(spark)),
            EXECVE);

    // Attack 0 does not equal a validation trace that counts, but it equals one.
    assertThat(marked(tests, "distinct"))
        .containsExactly("attack2", "attack5", "validation1", "validation3");
    assertThat(tests.count()).isEqualTo(11);
  }

  @Test
  void aTraceOfTwoFamiliesIsDistinctInBoth(SparkSession spark) {
    Dataset<Row> tests =
        TestTraces.of(
            known(spark, calls(1, 1)),
            Traces.of(spark, calls(2, 2)),
            Optional.of(attacks(spark)),
            EXECVE);

    assertThat(marked(tests, "split = 'attack' AND distinct_in_family"))
        .as("a training trace makes no attack a repeat")
        .containsExactly("attack0", "attack2", "attack4", "attack5");
    assertThat(marked(tests, "split = 'attack' AND distinct"))
        .containsExactly("attack0", "attack2", "attack5");
  }

  @Test
  void tracesWithoutExecveAreMarked(SparkSession spark) {
    Dataset<Row> tests =
        TestTraces.of(
            known(spark),
            Traces.of(spark, calls(3, EXECVE, 4), calls(3, 4)),
            Optional.of(Traces.of(spark, calls(EXECVE), calls(1, 111))),
            EXECVE);

    assertThat(marked(tests, "without_execve")).containsExactly("attack1", "validation1");
  }

  @Test
  void equalNormalTracesShareAClusterAndSoDoTheAttacksOfAFolder(SparkSession spark) {
    Dataset<Row> named =
        Traces.of(spark, calls(7), calls(7), calls(7), calls(8))
            .withColumn(
                "trace_id",
                functions.expr(
                    "element_at(array('a/b/1', 'a/b/2', 'a/3', '4'), int(ordinal) + 1)"));

    List<Row> clusters =
        TestTraces.of(known(spark), named, Optional.of(named), EXECVE)
            .orderBy("split", "ordinal")
            .select("cluster")
            .collectAsList();

    assertThat(clusters.subList(0, 4).toString()).isEqualTo("[[a/b/], [a/b/], [a/], [4]]");
    assertThat(clusters.get(4)).isEqualTo(clusters.get(5)).isEqualTo(clusters.get(6));
    assertThat(clusters.get(4)).isNotEqualTo(clusters.get(7));
  }
}
