package syscallanomaly.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
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
import scala.collection.JavaConverters;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;
import syscallanomaly.train.epoch.EpochRounds.Segments;

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
            .add("sequence", DataTypes.createArrayType(DataTypes.IntegerType, false))
            .add("multiplicity", DataTypes.LongType);
    return spark.createDataset(rows, Encoders.row(schema)).repartition(3);
  }

  private static List<List<Integer>> firstCallsByBatch(EpochRounds rounds) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int round = 0; round < rounds.rounds(); round++) {
      for (List<WeightedSequence> batch : rounds.round(round).collect()) {
        batches.add(batch.stream().map(example -> example.indices()[0]).toList());
      }
    }
    return batches;
  }

  @Test
  void anEpochTrainsOnEveryExampleOnce(SparkSession spark) {
    long[] ones = new long[103];
    Arrays.fill(ones, 1);
    try (WeightedSequences examples = WeightedSequences.of(windows(spark, ones))) {
      EpochRounds rounds = EpochRounds.shuffled(examples, 2, 20, 3, 1);
      List<List<Integer>> batches = firstCallsByBatch(rounds);

      assertThat(rounds.rounds()).isEqualTo(2);
      assertThat(rounds.updates()).isEqualTo(6);
      assertThat(rounds.examplesOf(0)).isEqualTo(52);
      assertThat(rounds.examplesOf(1)).isEqualTo(51);
      assertThat(rounds.examplesFrom(1)).isEqualTo(51);
      assertThat(rounds.examplesFrom(2)).isZero();
      assertThat(rounds.round(0).getNumPartitions()).isEqualTo(2);
      assertThat(batches.stream().map(List::size))
          .containsExactly(9, 9, 9, 9, 8, 8, 9, 9, 9, 8, 8, 8);
      assertThat(batches.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 103).boxed().toList());
    }
  }

  @Test
  void theSeedDecidesTheOrder(SparkSession spark) {
    long[] ones = new long[50];
    Arrays.fill(ones, 1);
    try (WeightedSequences examples = WeightedSequences.of(windows(spark, ones));
        WeightedSequences again = WeightedSequences.of(windows(spark, ones).repartition(5))) {
      List<List<Integer>> order = firstCallsByBatch(EpochRounds.shuffled(examples, 2, 8, 2, 1));

      assertThat(firstCallsByBatch(EpochRounds.shuffled(again, 2, 8, 2, 1))).isEqualTo(order);
      assertThat(firstCallsByBatch(EpochRounds.shuffled(examples, 2, 8, 2, 2))).isNotEqualTo(order);
    }
  }

  @Test
  void segmentsDealOutTheSameBatchesInSmallShuffles(SparkSession spark) {
    long[] ones = new long[203];
    Arrays.fill(ones, 1);
    try (WeightedSequences examples = WeightedSequences.of(windows(spark, ones))) {
      EpochRounds whole = EpochRounds.shuffled(examples, 2, 10, 2, 1);
      List<List<List<List<Integer>>>> dealtOut = firstCallsByWorker(whole);

      assertThat(dealtOut).hasSize(11).allSatisfy(round -> assertThat(round).hasSize(2));
      assertThat(shuffles(whole)).containsExactly(22);
      for (int largest : new int[] {10, 1}) {
        EpochRounds segments = EpochRounds.shuffled(examples, 2, 10, 2, 1, largest);
        assertThat(firstCallsByWorker(segments)).isEqualTo(dealtOut);
        assertThat(segments.examplesOf(10)).isEqualTo(9);
      }
      assertThat(shuffles(EpochRounds.shuffled(examples, 2, 10, 2, 1, 10)))
          .as("to three segments of five rounds, each read from two partitions; then to workers")
          .containsExactly(6, 10, 2);
    }
  }

  @Test
  void aRoundDoesNotLayOutItsSegmentAgain(SparkSession spark) {
    try (WeightedSequences examples = WeightedSequences.of(windows(spark, 1, 1, 1, 1, 1, 1))) {
      EpochRounds rounds = EpochRounds.shuffled(examples, 1, 1, 1, 1, 3);

      assertThat(laidOut(rounds, 1)).isSameAs(laidOut(rounds, 0));
      assertThat(laidOut(rounds, 3)).isNotSameAs(laidOut(rounds, 2));
    }
  }

  private static RDD<?> laidOut(EpochRounds rounds, int round) {
    return rounds.round(round).rdd().dependencies().head().rdd();
  }

  /** By round, worker and batch. */
  private static List<List<List<List<Integer>>>> firstCallsByWorker(EpochRounds rounds) {
    return IntStream.range(0, rounds.rounds())
        .mapToObj(
            round ->
                rounds.round(round).glom().collect().stream()
                    .map(worker -> worker.stream().map(EpochRoundsTest::firstCalls).toList())
                    .toList())
        .toList();
  }

  private static List<Integer> firstCalls(List<WeightedSequence> batch) {
    return batch.stream().map(example -> example.indices()[0]).toList();
  }

  /** Partitions of every shuffle after the examples were numbered, the first round's first. */
  private static List<Integer> shuffles(EpochRounds rounds) {
    List<Integer> partitions = new ArrayList<>();
    for (int round = 0; round < rounds.rounds(); round++) {
      addShuffles(rounds.round(round).rdd(), partitions);
    }
    return partitions.stream().distinct().toList();
  }

  private static void addShuffles(RDD<?> rdd, List<Integer> partitions) {
    if (rdd.getStorageLevel().useMemory()) {
      return;
    }
    for (Dependency<?> dependency : JavaConverters.seqAsJavaList(rdd.dependencies())) {
      addShuffles(dependency.rdd(), partitions);
      if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
        partitions.add(shuffle.partitioner().numPartitions());
      }
    }
  }

  @Property(tries = 300)
  void everyRoundLiesInOneSegmentAndNoShuffleIsTooLarge(
      @ForAll @IntRange(min = 1, max = 5000) int examples,
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll @IntRange(min = 5, max = 90) int largestShuffle,
      @ForAll @IntRange(min = 1, max = 8) int parallelism) {
    EpochLayout layout = new EpochLayout(examples, workers, 3 * workers, 2);
    Segments segments = Segments.of(layout, largestShuffle, parallelism);
    int next = 0;
    for (int segment = 0; segment < segments.count(); segment++) {
      int rounds = segments.rounds(segment, layout);
      assertThat(segments.firstRound(segment)).isEqualTo(next);
      assertThat(rounds * workers).isBetween(1, largestShuffle);
      for (int round = next; round < next + rounds; round++) {
        assertThat(segments.of(round)).isEqualTo(segment);
      }
      next += rounds;
    }
    assertThat(next).isEqualTo(layout.rounds());
    assertThat(segments.spread()).isBetween(1, parallelism);
    assertThat(segments.count() * segments.spread())
        .isLessThanOrEqualTo(Math.max(largestShuffle, segments.count()));
  }

  @Test
  void workersTrainOnTracesOfLikeLengthSideBySide(SparkSession spark) {
    int[][] traces = new int[103][];
    for (int i = 0; i < traces.length; i++) {
      traces[i] = Traces.range(1, 1 + i * 10 % 103);
    }
    Dataset<Row> training =
        Traces.of(spark, traces)
            .selectExpr("ordinal as index", "calls as sequence", "1L as multiplicity");
    try (WeightedSequences examples = WeightedSequences.ofTraces(training)) {
      EpochRounds rounds = EpochRounds.ofLikeLength(examples, 2, 10, 3, 1);
      List<Integer> lengths = new ArrayList<>();
      for (int round = 0; round < rounds.rounds(); round++) {
        List<List<List<WeightedSequence>>> workers = rounds.round(round).glom().collect();
        for (int batch = 0; batch < workers.get(0).size(); batch++) {
          List<Integer> sideBySide = new ArrayList<>();
          for (List<List<WeightedSequence>> worker : workers) {
            if (batch < worker.size()) {
              worker.get(batch).forEach(example -> sideBySide.add(example.indices().length));
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
    try (WeightedSequences examples = WeightedSequences.of(windows(spark, multiplicities))) {
      List<WeightedSequence> all = examples.numbered().keys().collect();

      // Mean multiplicity 3, so at most 12 an example: 41 becomes 4 of 10.25.
      assertThat(examples.count()).isEqualTo(23);
      assertThat(all).filteredOn(example -> example.indices()[0] == 4).hasSize(4);
      assertThat(all.stream().mapToDouble(WeightedSequence::weight).sum())
          .isCloseTo(23, Offset.offset(1e-4));
      double one = all.get(0).weight();
      assertThat(all)
          .filteredOn(example -> example.indices()[0] == 4)
          .allSatisfy(
              example -> assertThat(example.weight() / one).isCloseTo(10.25, Offset.offset(1e-4)));
    }
  }
}
