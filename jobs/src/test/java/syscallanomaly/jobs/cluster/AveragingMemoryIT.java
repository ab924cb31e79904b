package syscallanomaly.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageStatus;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.collection.JavaConverters;
import syscallanomaly.jobs.ProgramProcess;
import syscallanomaly.jobs.storage.SharedServers;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.Trainer;
import syscallanomaly.train.TrainingProgress;
import syscallanomaly.train.TrainingSettings;

/** A thousand rounds of averaging with the driver and each of two executors in its own process. */
@Tag("slow")
@ExtendWith(SharedServers.class)
class AveragingMemoryIT {
  private static final int EARLY = 200;
  private static final int ROUNDS = 1000;
  private static final int WORKERS = 2;
  private static final int WINDOWS_A_ROUND = 4;
  private static final int SYMBOLS = 50;
  private static final long MIB = 1 << 20;

  /** Spark keeps figures of the last 1000 jobs, a few kilobytes each, on the driver. */
  private static final long FIGURES_OF_JOBS = 24 * MIB;

  /** What executors keep of classes, metrics and connections. */
  private static final long OTHER = 8 * MIB;

  @Test
  void neitherDriverNorExecutorsTakeMoreMemoryAsRoundsGoBy(StandaloneCluster cluster)
      throws Exception {
    try (SparkSession spark = session(cluster)) {
      MultiLayerNetwork network =
          NetworkBuilder.build(
              new NetworkSettings(List.of(64), 0, 0), SYMBOLS, 2, settings().updateRule(1), 1);
      // Parameters and as much state of the updater.
      long broadcast = 2 * Float.BYTES * network.numParams();
      assertThat((ROUNDS - EARLY) * broadcast)
          .as("what the rounds broadcast: twice any bound at least")
          .isGreaterThan(2 * FIGURES_OF_JOBS);
      Watch watch = new Watch(spark, broadcast);

      new Trainer(spark, settings(), WORKERS, 1)
          .train(network, windows(spark), windows(spark).limit(2), watch);

      assertThat(watch.rounds).isEqualTo(ROUNDS);
      assertThat(watch.mostBroadcasts)
          .as("parameters of rounds that a process still keeps as a round ends")
          .isBetween(1L, 20L);
      Map<String, MemoryInUse> early = watch.memory.get(0);
      Map<String, MemoryInUse> late = watch.memory.get(1);
      assertThat(early).hasSize(1 + WORKERS).containsKey("driver");
      assertThat(late.keySet()).as("none was replaced").isEqualTo(early.keySet());
      early.forEach((process, before) -> requireFlat(process, before, late.get(process)));
    }
  }

  private static void requireFlat(String process, MemoryInUse before, MemoryInUse after) {
    long heap = process.equals("driver") ? FIGURES_OF_JOBS : OTHER;
    assertThat(after.heap() - before.heap()).as("heap of %s", process).isLessThan(heap);
    assertThat(after.arrays() - before.arrays())
        .as("ND4J's arrays of %s", process)
        .isLessThan((ROUNDS - EARLY) / 4);
    assertThat(after.workspaces() - before.workspaces())
        .as("ND4J's workspaces of %s", process)
        .isLessThan((ROUNDS - EARLY) / 100);
    assertThat(after.blocks() - before.blocks())
        .as("Spark's blocks of %s", process)
        .isLessThan(OTHER);
  }

  private static SparkSession session(StandaloneCluster cluster) {
    return SparkSession.builder()
        .master(cluster.url())
        .appName("averaging")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.cores.max", WORKERS)
        .config("spark.executor.cores", 1)
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", ProgramProcess.classPath())
        .config(
            "spark.executor.extraJavaOptions",
            "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED -Dorg.bytedeco.javacpp.platform.extension="
                + System.getProperty("org.bytedeco.javacpp.platform.extension", ""))
        .config("spark.executorEnv.OMP_NUM_THREADS", "1")
        .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .config("spark.scheduler.maxRegisteredResourcesWaitingTime", "300s")
        .getOrCreate();
  }

  private static TrainingSettings settings() {
    return TrainingSettings.builder()
        .epochs(1)
        .batchSize(WINDOWS_A_ROUND)
        .learningRate(0.01)
        .averagingFrequency(1)
        .polyakAveraging(0)
        .workers(WORKERS)
        .build();
  }

  private static Dataset<Row> windows(SparkSession spark) {
    return spark
        .range(0, (long) ROUNDS * WINDOWS_A_ROUND, 1, WORKERS)
        .selectExpr(
            "id as index",
            "array(int(id %% %1$d), int((id + 1) %% %1$d), int((id + 2) %% %1$d)) as sequence"
                .formatted(SYMBOLS),
            "1L as multiplicity");
  }

  private static final class Watch implements TrainingProgress {
    private final SparkSession spark;
    private final long broadcast;
    private final List<Map<String, MemoryInUse>> memory = new ArrayList<>();
    private int rounds;
    private long mostBroadcasts;

    Watch(SparkSession spark, long broadcast) {
      this.spark = spark;
      this.broadcast = broadcast;
    }

    @Override
    public void epochStarted(int epoch, long windows) {}

    @Override
    public void roundEnded(int epoch, long windows) {
      rounds++;
      for (StorageStatus process : SparkEnv.get().blockManager().master().getStorageStatus()) {
        mostBroadcasts = Math.max(mostBroadcasts, broadcasts(process));
      }
      if (rounds == EARLY || rounds == ROUNDS) {
        memory.add(MemoryInUse.ofAll(spark.sparkContext(), WORKERS));
      }
    }

    private long broadcasts(StorageStatus process) {
      return JavaConverters.mapAsJavaMap(process.blocks()).entrySet().stream()
          .filter(block -> block.getKey().isBroadcast())
          .filter(block -> block.getValue().memSize() >= broadcast)
          .count();
    }

    @Override
    public void epochEnded(EpochResult result, Supplier<byte[]> model) {}
  }
}
