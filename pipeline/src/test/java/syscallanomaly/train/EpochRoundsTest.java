package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.train.EpochRounds.Layout;

@ExtendWith(SparkExtension.class)
class EpochRoundsTest {
  static Dataset<Row> windows(SparkSession spark, long... multiplicities) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < multiplicities.length; i++) {
      rows.add(RowFactory.create((long) i, new int[] {i, i + 1}, multiplicities[i]));
    }
    StructType schema =
        new StructType()
            .add("index", DataTypes.LongType)
            .add("window", DataTypes.createArrayType(DataTypes.IntegerType, false))
            .add("multiplicity", DataTypes.LongType);
    return spark.createDataset(rows, Encoders.row(schema)).repartition(3);
  }

  private static List<List<Integer>> firstCallsByBatch(EpochRounds rounds) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int round = 0; round < rounds.rounds(); round++) {
      for (List<TrainingExample> batch : rounds.round(round).collect()) {
        batches.add(batch.stream().map(example -> example.window()[0]).toList());
      }
    }
    return batches;
  }

  @Test
  void anEpochTrainsOnEveryExampleOnce(SparkSession spark) {
    long[] ones = new long[103];
    Arrays.fill(ones, 1);
    try (TrainingExamples examples = TrainingExamples.of(windows(spark, ones))) {
      EpochRounds rounds = EpochRounds.shuffled(examples, 2, 10, 3, 1);
      List<List<Integer>> batches = firstCallsByBatch(rounds);

      assertThat(rounds.rounds()).isEqualTo(2);
      assertThat(rounds.examplesOf(0)).isEqualTo(60);
      assertThat(rounds.examplesOf(1)).isEqualTo(43);
      assertThat(rounds.round(0).getNumPartitions()).isEqualTo(2);
      assertThat(batches.stream().map(List::size))
          .containsExactlyInAnyOrder(10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 3);
      assertThat(batches.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 103).boxed().toList());
    }
  }

  @Test
  void theSeedDecidesTheOrder(SparkSession spark) {
    long[] ones = new long[50];
    Arrays.fill(ones, 1);
    try (TrainingExamples examples = TrainingExamples.of(windows(spark, ones));
        TrainingExamples again = TrainingExamples.of(windows(spark, ones).repartition(5))) {
      List<List<Integer>> order = firstCallsByBatch(EpochRounds.shuffled(examples, 2, 4, 2, 1));

      assertThat(firstCallsByBatch(EpochRounds.shuffled(again, 2, 4, 2, 1))).isEqualTo(order);
      assertThat(firstCallsByBatch(EpochRounds.shuffled(examples, 2, 4, 2, 2))).isNotEqualTo(order);
    }
  }

  @Test
  void workersTrainOnTracesOfLikeLengthSideBySide(SparkSession spark) {
    int[][] traces = new int[103][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, 1 + i * 10 % 103);
    }
    Dataset<Row> training =
        Traces.of(spark, traces)
            .selectExpr("ordinal as index", "calls as window", "1L as multiplicity");
    try (TrainingExamples examples = TrainingExamples.ofTraces(training)) {
      EpochRounds rounds = EpochRounds.ofLikeLength(examples, 2, 5, 3, 1);
      List<Integer> lengths = new ArrayList<>();
      for (int round = 0; round < rounds.rounds(); round++) {
        List<List<List<TrainingExample>>> workers = rounds.round(round).glom().collect();
        for (int batch = 0; batch < workers.get(0).size(); batch++) {
          List<Integer> sideBySide = new ArrayList<>();
          for (List<List<TrainingExample>> worker : workers) {
            if (batch < worker.size()) {
              worker.get(batch).forEach(example -> sideBySide.add(example.window().length));
            }
          }
          assertThat(Collections.max(sideBySide) - Collections.min(sideBySide)).isLessThan(40);
          lengths.addAll(sideBySide);
        }
      }

      assertThat(examples.predictions()).isEqualTo(103 * 104 / 2);
      assertThat(lengths)
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 103).boxed().toList());
    }
  }

  @Test
  void weightsAverageToOneAndFrequentWindowsBecomeSeveralExamples(SparkSession spark) {
    long[] multiplicities = new long[20];
    Arrays.fill(multiplicities, 1);
    multiplicities[4] = 41;
    try (TrainingExamples examples = TrainingExamples.of(windows(spark, multiplicities))) {
      List<TrainingExample> all = examples.numbered().keys().collect();

      // Mean multiplicity 3, so at most 12 an example: 41 becomes 4 of 10.25.
      assertThat(examples.count()).isEqualTo(23);
      assertThat(all).filteredOn(example -> example.window()[0] == 4).hasSize(4);
      assertThat(all.stream().mapToDouble(TrainingExample::weight).sum())
          .isCloseTo(23, Offset.offset(1e-4));
      double one = all.get(0).weight();
      assertThat(all)
          .filteredOn(example -> example.window()[0] == 4)
          .allSatisfy(
              example -> assertThat(example.weight() / one).isCloseTo(10.25, Offset.offset(1e-4)));
    }
  }

  @Property(tries = 300)
  void workersHaveEqualSharesOfFullRounds(
      @ForAll @IntRange(min = 1, max = 2000) int examples,
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll @IntRange(min = 1, max = 20) int batchSize,
      @ForAll @IntRange(min = 1, max = 6) int frequency) {
    Layout layout = new Layout(examples, workers, batchSize, frequency);
    int[] counts = new int[layout.rounds() * workers];
    for (int place = 0; place < examples; place++) {
      counts[layout.partitionOf(place)]++;
    }
    for (int partition = 0; partition < (layout.rounds() - 1) * workers; partition++) {
      assertThat(counts[partition]).isEqualTo(batchSize * frequency);
    }
    assertThat(IntStream.of(counts)).allMatch(count -> count <= batchSize * frequency);
  }
}
