package syscallanomaly.jobs.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.SyscallAnomaly;
import syscallanomaly.evaluate.EvaluationSettings;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.report.ReportSettings;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.warehouse.WarehouseSettings;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

/**
 * The validated configuration of a run, one record for each section.
 *
 * @param run name and seed of the run
 * @param workspace folder or URI that holds runs, models and metric tables
 * @param traces where the traces are and how to read them
 * @param vocabulary how calls become indices
 * @param windows how traces become windows
 * @param sequences what the network learns from, and what is held out
 * @param network the network's layers
 * @param training how the network is trained
 * @param start what the training starts from
 * @param checkpoints when the training writes checkpoints
 * @param scoring which detectors run, and how
 * @param detect how observed traces are judged
 * @param promotion when a detector is taken into use
 * @param evaluation how detection figures are computed
 * @param report how figures are shown
 * @param warehouse where the metric tables are
 * @param export where the metric tables are exported to, and which runs
 * @param clean which runs are deleted
 * @param benchmark what a benchmark measures
 * @param values the value of every key in {@code reference.conf}: a text, a number, a truth value
 *     or a list of these
 */
public record Configuration(
    RunSettings run,
    String workspace,
    TraceSettings traces,
    VocabularySettings vocabulary,
    WindowSettings windows,
    SequenceSettings sequences,
    NetworkSettings network,
    TrainingSettings training,
    StartSettings start,
    CheckpointSettings checkpoints,
    ScoreSettings scoring,
    DetectSettings detect,
    PromotionSettings promotion,
    EvaluationSettings evaluation,
    ReportSettings report,
    WarehouseSettings warehouse,
    ExportSettings export,
    CleanSettings clean,
    BenchmarkSettings benchmark,
    SortedMap<String, Object> values) {

  /** The value of {@code traces.root} that selects the traces shipped with the program. */
  public static final String EMBEDDED_SAMPLE = "embedded-sample";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Configuration {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Whether the run reads the traces shipped with the program. */
  public boolean usesEmbeddedSample() {
    return traces.root().equals(EMBEDDED_SAMPLE);
  }

  /** Whether the model learns from whole traces instead of windows. */
  public boolean readsTraces() {
    return training.unit() == SequenceKind.TRACES;
  }

  /** Number of calls in a window that the model reads; 0 if it reads whole traces. */
  public int modelWindowLength() {
    return readsTraces() ? 0 : windows.length();
  }

  /** Returns the library, set up as this configuration says. */
  public SyscallAnomaly library(SparkSession spark) {
    return SyscallAnomaly.on(spark)
        .withSeed(run.seed())
        .withVocabulary(vocabulary)
        .withWindows(windows)
        .withSequences(sequences)
        .withNetwork(network)
        .withTraining(training);
  }

  /**
   * Returns this configuration with another place for the traces; {@link #values} stay unchanged.
   *
   * @param root folder, archive or URI that holds the traces
   */
  public Configuration withTracesRoot(String root) {
    return with(
        run,
        traces.at(root, traces.training(), traces.validation(), traces.attack(), traces.observed()),
        windows,
        values);
  }

  /**
   * Returns this configuration with all traces of a folder as training traces and no other traces;
   * the number of windows is not limited. {@link #values} stay unchanged.
   *
   * @param folder folder or URI that holds the traces
   */
  public Configuration onTrainingTracesOf(String folder) {
    return with(
        run,
        traces.ofWholeTraces().at("", folder, "", "", ""),
        new WindowSettings(windows.length(), 0),
        values);
  }

  /**
   * Returns this configuration with all traces of a folder as validation traces and again as attack
   * traces. {@link #values} stay unchanged.
   *
   * @param folder folder or URI that holds the traces
   */
  public Configuration onTestTracesOf(String folder) {
    return with(
        run,
        traces.ofWholeTraces().at(traces.root(), traces.training(), folder, folder, ""),
        windows,
        values);
  }

  Configuration withRunId(String id) {
    SortedMap<String, Object> named = new TreeMap<>(values);
    named.put("run.id", id);
    return with(new RunSettings(id, run.seed()), traces, windows, named);
  }

  private Configuration with(
      RunSettings otherRun,
      TraceSettings otherTraces,
      WindowSettings otherWindows,
      SortedMap<String, Object> otherValues) {
    return new Configuration(
        otherRun,
        workspace,
        otherTraces,
        vocabulary,
        otherWindows,
        sequences,
        network,
        training,
        start,
        checkpoints,
        scoring,
        detect,
        promotion,
        evaluation,
        report,
        warehouse,
        export,
        clean,
        benchmark,
        otherValues);
  }

  /** The value of every key, with secrets masked. */
  public SortedMap<String, Object> masked() {
    SortedMap<String, Object> masked = new TreeMap<>();
    values.forEach((key, value) -> masked.put(key, Secrets.masked(key, value)));
    return masked;
  }

  /** Returns {@link #masked} as text, one line for each key. */
  public String text() {
    return masked().entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Returns {@link #warehouse} with a location: the configured one or, if none is configured, the
   * folder {@code warehouse} of the workspace.
   */
  public WarehouseSettings warehouseIn(Path workspaceRoot) {
    return warehouse.location().isEmpty()
        ? new WarehouseSettings(
            warehouse.catalog(),
            warehouse.namespace(),
            new Path(workspaceRoot, "warehouse").toString(),
            warehouse.keepSnapshotsDays())
        : warehouse;
  }

  /** Returns {@link #masked} as one line of JSON, with the keys in alphabetical order. */
  public String json() {
    return json(masked());
  }

  /**
   * Returns the value of every key for a driver on another machine; nothing is masked. The text is
   * HOCON in Base64, because no shell on the way changes Base64.
   */
  public String encoded() {
    String text = ConfigFactory.parseMap(values).root().render(ConfigRenderOptions.concise());
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the SHA-256, in hexadecimal, of {@link #json} without {@code run.id}. Runs with the
   * same settings have the same hash, whatever their names and passwords are.
   */
  public String hash() {
    SortedMap<String, Object> told = masked();
    told.remove("run.id");
    return DigestUtils.sha256Hex(json(told));
  }

  private static String json(SortedMap<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
