package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Function1;
import scala.collection.JavaConverters;
import syscallanomaly.SparkExtension;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.train.TrainingSettings.Schedule;
import syscallanomaly.train.TrainingSettings.Truncation;
import syscallanomaly.window.HoldOut;

/** Driver and workers are one process here, so that memory that either keeps is seen. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class AveragingMemoryTest {
  private static final int EARLY = 200;
  private static final int ROUNDS = 1000;
  private static final int WORKERS = 2;
  private static final int WINDOWS_A_ROUND = 4;
  private static final int SYMBOLS = 50;
  private static final long MIB = 1 << 20;

  /** Spark keeps figures of the last 1000 jobs, a few kilobytes each. */
  private static final long FIGURES_OF_JOBS = 24 * MIB;

  @Test
  void aThousandRoundsTakeNoMoreMemoryThanTwoHundred(SparkSession spark) {
    MultiLayerNetwork network =
        NetworkBuilder.build(new NetworkSettings(List.of(64), 0, 0), SYMBOLS, 2, 0.01, 1);
    // Parameters and as much state of the updater.
    long broadcast = 2 * Float.BYTES * network.numParams();
    Watch watch = new Watch(broadcast);
    new Trainer(spark, settings(), WORKERS, 1)
        .train(network, windows(spark), windows(spark).limit(2), watch);

    assertThat(watch.rounds).isEqualTo(ROUNDS);
    assertThat(watch.mostBroadcasts)
        .as(
            "rounds whose parameters are still kept as a round ends; Spark drops them a little"
                + " after it is told to")
        .isBetween(0L, 20L);
    Memory early = watch.memory.get(0);
    Memory late = watch.memory.get(1);
    assertThat(ROUNDS - EARLY)
        .as("rounds that would fill twice the bound with what they broadcast")
        .isGreaterThan((int) (2 * FIGURES_OF_JOBS / broadcast));
    assertThat(late.heap() - early.heap()).as("heap").isLessThan(FIGURES_OF_JOBS);
    assertThat(late.arrays() - early.arrays()).as("ND4J's arrays").isLessThan(MIB);
    assertThat(late.blocks() - early.blocks()).as("Spark's blocks").isLessThan(8 * MIB);
  }

  private static TrainingSettings settings() {
    return new TrainingSettings(
        TrainingSettings.Unit.WINDOWS,
        new Truncation(100, 100),
        1,
        WINDOWS_A_ROUND,
        0.01,
        Schedule.CONSTANT,
        1,
        0,
        WORKERS,
        new HoldOut(HoldOut.Rule.TRACE, 0.2),
        3,
        0.0001);
  }

  private static Dataset<Row> windows(SparkSession spark) {
    return spark
        .range(0, (long) ROUNDS * WINDOWS_A_ROUND, 1, 2)
        .selectExpr(
            "id as index",
            "array(int(id %% %1$d), int((id + 1) %% %1$d), int((id + 2) %% %1$d)) as window"
                .formatted(SYMBOLS),
            "1L as multiplicity");
  }

  /**
   * @param heap bytes in use after a collection
   * @param arrays bytes outside the heap
   * @param blocks bytes of Spark's cached and broadcast data
   */
  private record Memory(long heap, long arrays, long blocks) {
    /** Spark frees what it finds unreachable in a thread of its own: collects until all is gone. */
    static Memory now() {
      Memory least = collected();
      for (Memory next = collected(); next.heap < least.heap - MIB / 4; next = collected()) {
        least = next;
      }
      return least;
    }

    private static Memory collected() {
      System.gc();
      return new Memory(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          Pointer.totalBytes(),
          SparkEnv.get().memoryManager().storageMemoryUsed());
    }
  }

  private static final class Watch implements TrainingProgress {
    private final long broadcast;
    private final List<Memory> memory = new ArrayList<>();
    private int rounds;
    private long mostBroadcasts;

    Watch(long broadcast) {
      this.broadcast = broadcast;
    }

    @Override
    public void epochStarted(int epoch, long windows) {}

    @Override
    public void roundEnded(int epoch, long windows) {
      rounds++;
      mostBroadcasts = Math.max(mostBroadcasts, broadcasts());
      if (rounds == EARLY || rounds == ROUNDS) {
        memory.add(Memory.now());
      }
    }

    private long broadcasts() {
      BlockManager blocks = SparkEnv.get().blockManager();
      Function1<BlockId, Object> broadcasts = BlockId::isBroadcast;
      return JavaConverters.seqAsJavaList(blocks.getMatchingBlockIds(broadcasts)).stream()
          .map(blocks::getStatus)
          .filter(status -> status.isDefined() && status.get().memSize() >= broadcast)
          .count();
    }

    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> checkpoint) {}
  }
}
