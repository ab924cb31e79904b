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
import syscallanomaly.evaluate.EvaluationSettings;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.score.ScoreSettings;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.train.TrainingSettings;
import syscallanomaly.vocabulary.VocabularySettings;
import syscallanomaly.warehouse.WarehouseSettings;
import syscallanomaly.window.SequenceKind;
import syscallanomaly.window.SequenceSettings;
import syscallanomaly.window.WindowSettings;

/**
 * Everything that a run is told, validated.
 *
 * @param workspace folder or URI under which runs, models and metric tables live
 * @param values every key of {@code reference.conf} with its value: a text, number, truth value or
 *     list of these
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
    CheckpointSettings checkpoints,
    ScoreSettings scoring,
    EvaluationSettings evaluation,
    WarehouseSettings warehouse,
    BenchmarkSettings benchmark,
    SortedMap<String, Object> values) {

  /** The value of {@code traces.root} that stands for the traces that come with the program. */
  public static final String EMBEDDED_SAMPLE = "embedded-sample";

  private static final ObjectMapper JSON = new ObjectMapper();

  public Configuration {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Whether the traces are those that come with the program. */
  public boolean usesEmbeddedSample() {
    return traces.root().equals(EMBEDDED_SAMPLE);
  }

  /** Whether the model reads whole traces, rather than windows. */
  public boolean readsTraces() {
    return training.unit() == SequenceKind.TRACES;
  }

  /** Calls in a window that the model reads; 0 where it reads whole traces. */
  public int modelWindowLength() {
    return readsTraces() ? 0 : windows.length();
  }

  /**
   * Time steps of a network that reads such sequences: the calls of a window before its last, or
   * the calls of a trace that back-propagation goes back in the first epoch.
   */
  public int timeSteps(SequenceKind kind) {
    return switch (kind) {
      case WINDOWS -> windows.length() - 1;
      case TRACES -> training.truncation().first();
    };
  }

  /** The same configuration, with the traces of another place; {@link #values} stay. */
  public Configuration withTracesRoot(String root) {
    return with(
        run,
        new TraceSettings(
            traces.format(),
            root,
            traces.training(),
            traces.validation(),
            traces.attack(),
            traces.maxBytes(),
            traces.maxRejectedShare()),
        windows,
        values);
  }

  /**
   * The same configuration, with all traces of a folder to train on and no others; {@link #values}
   * stay.
   */
  public Configuration onTrainingTracesOf(String folder) {
    return with(
        run,
        new TraceSettings(
            traces.format(), "", folder, "", "", traces.maxBytes(), traces.maxRejectedShare()),
        new WindowSettings(windows.length(), 0),
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
        checkpoints,
        scoring,
        evaluation,
        warehouse,
        benchmark,
        otherValues);
  }

  /** Every key with its value, secrets masked. */
  public SortedMap<String, Object> masked() {
    SortedMap<String, Object> masked = new TreeMap<>();
    values.forEach((key, value) -> masked.put(key, Secrets.masked(key, value)));
    return masked;
  }

  /** {@link #masked} as text, a line a key. */
  public String text() {
    return masked().entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * {@link #warehouse} with its location: where none is configured, {@code warehouse} in the
   * workspace.
   */
  public WarehouseSettings warehouseIn(Path workspaceRoot) {
    return warehouse.location().isEmpty()
        ? new WarehouseSettings(
            warehouse.catalog(),
            warehouse.namespace(),
            new Path(workspaceRoot, "warehouse").toString())
        : warehouse;
  }

  /** {@link #masked} as one line of JSON, keys in alphabetical order. */
  public String json() {
    return json(masked());
  }

  /**
   * Every key with its value, nothing masked, for a driver on another machine: Base64 of HOCON,
   * which passes unharmed through the shells between here and there.
   */
  public String encoded() {
    String text = ConfigFactory.parseMap(values).root().render(ConfigRenderOptions.concise());
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * SHA-256, in hexadecimal, of {@link #json} without {@code run.id}: equal for runs that are told
   * the same, whoever they are and whatever password they use.
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
