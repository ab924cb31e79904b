package syscallanomaly.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.Main;

class SparkSettingsTest {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private String extension;

  @BeforeEach
  void setExtension() {
    extension = System.setProperty(EXTENSION, "-avx2");
  }

  @AfterEach
  void restoreExtension() {
    if (extension == null) {
      System.clearProperty(EXTENSION);
    } else {
      System.setProperty(EXTENSION, extension);
    }
  }

  @Test
  void fillsInWhatIsMissing() {
    SparkConf conf = SparkSettings.complete(new SparkConf(false), "name", 100);

    assertThat(conf.get("spark.master")).isEqualTo("local[*]");
    assertThat(conf.get("spark.app.name")).isEqualTo("name");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.ui.showConsoleProgress")).isEqualTo("false");
    assertThat(conf.get("spark.serializer"))
        .isEqualTo("org.apache.spark.serializer.JavaSerializer");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(conf.get("spark.executorEnv.MALLOC_ARENA_MAX")).isEqualTo("2");
    assertThat(conf.get("spark.executorEnv.MALLOC_MMAP_THRESHOLD_")).isEqualTo("131072");
    assertThat(conf.get("spark.memory.fraction")).isEqualTo("0.4");
    assertThat(conf.get("spark.sql.files.maxPartitionBytes")).isEqualTo("2m");
    assertThat(conf.get("spark.sql.adaptive.advisoryPartitionSizeInBytes")).isEqualTo("4m");
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("1408m");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .isEqualTo(
            "-Dorg.bytedeco.javacpp.maxbytes=1024m -Dorg.bytedeco.javacpp.maxphysicalbytes=2432m"
                + " --add-exports=java.base/jdk.internal.module=ALL-UNNAMED -XX:G1HeapRegionSize=16m"
                + " -Dorg.bytedeco.javacpp.platform.extension=-avx2");
  }

  @Test
  void plansAreDescribedAtLengthForThoseWhoCanReadThem() {
    String mode = "spark.sql.ui.explainMode";
    SparkConf nobody = new SparkConf(false);

    assertThat(SparkSettings.complete(nobody, "name", 100).get(mode)).isEqualTo("simple");
    for (String reader : new String[] {"spark.ui.enabled", "spark.eventLog.enabled"}) {
      assertThat(
              SparkSettings.complete(new SparkConf(false).set(reader, "true"), "name", 100)
                  .contains(mode))
          .as(reader)
          .isFalse();
    }
  }

  @Test
  void theDriverKeepsLittleForPagesThatNobodyCanOpen() {
    String queries = "spark.sql.ui.retainedExecutions";
    String tasks = "spark.ui.retainedTasks";
    SparkConf open = new SparkConf(false).set("spark.ui.enabled", "true");

    SparkConf closed = SparkSettings.complete(new SparkConf(false), "name", 100);

    assertThat(closed.get(queries)).isEqualTo("20");
    assertThat(closed.get(tasks)).isEqualTo("100");
    assertThat(SparkSettings.complete(open, "name", 100).contains(queries)).isFalse();
    assertThat(SparkSettings.complete(open, "name", 100).contains(tasks)).isFalse();
  }

  @Test
  void whatTheUserSaysStands() {
    SparkConf given =
        new SparkConf(false)
            .set("spark.master", "yarn")
            .set("spark.app.name", "mine")
            .set("spark.ui.enabled", "true")
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.executorEnv.OMP_NUM_THREADS", "4")
            .set("spark.sql.files.maxPartitionBytes", "64m")
            .set("spark.memory.fraction", "0.7")
            .set("spark.executor.memory", "8g")
            .set("spark.executor.memoryOverhead", "4g")
            .set("spark.executor.extraJavaOptions", "-Dmine=1");

    SparkConf conf = SparkSettings.complete(given, "name", 100);

    assertThat(conf.get("spark.master")).isEqualTo("yarn");
    assertThat(conf.get("spark.app.name")).isEqualTo("mine");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.serializer"))
        .isEqualTo("org.apache.spark.serializer.KryoSerializer");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("4");
    assertThat(conf.get("spark.sql.files.maxPartitionBytes")).isEqualTo("64m");
    assertThat(conf.get("spark.memory.fraction")).isEqualTo("0.7");
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("4g");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .isEqualTo(
            "-Dorg.bytedeco.javacpp.maxbytes=3712m -Dorg.bytedeco.javacpp.maxphysicalbytes=12288m"
                + " --add-exports=java.base/jdk.internal.module=ALL-UNNAMED -XX:G1HeapRegionSize=16m"
                + " -Dorg.bytedeco.javacpp.platform.extension=-avx2 -Dmine=1");
    assertThat(given.get("spark.executor.extraJavaOptions")).isEqualTo("-Dmine=1");
  }

  @Test
  void anOverheadFactorStands() {
    SparkConf given =
        new SparkConf(false)
            .set("spark.executor.memory", "10g")
            .set("spark.executor.memoryOverheadFactor", "0.5");

    SparkConf conf = SparkSettings.complete(given, "name", 100);

    assertThat(conf.contains("spark.executor.memoryOverhead")).isFalse();
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .contains("maxbytes=4736m", "maxphysicalbytes=15360m");
  }

  @Test
  void manyTasksOfAnExecutorGetRoomForTheirArrays() {
    SparkConf given = new SparkConf(false).set("spark.executor.cores", "16");

    assertThat(SparkSettings.complete(given, "name", 100).get("spark.executor.memoryOverhead"))
        .isEqualTo("1984m");
  }

  @Test
  void theMainClassIsNoNameOfTheUsers() {
    SparkConf given = new SparkConf(false).set("spark.app.name", "syscallanomaly.jobs.Main");

    assertThat(SparkSettings.complete(given, "name", 100).get("spark.app.name")).isEqualTo("name");
  }

  @Test
  void theMainClassIsTheOneThatIsStarted() {
    assertThat(SparkSettings.MAIN_CLASS).isEqualTo(Main.class.getName());
  }
}
