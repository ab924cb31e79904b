package syscallanomaly.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.warehouse.StepRow;

/**
 * The file {@code manifest.json} of a run: its configuration, its input, and the state of each
 * step.
 *
 * <p>Each change reads the file, changes one part and writes the file back, because the steps of a
 * run can be separate applications. Fields that this version does not know stay unchanged.
 */
public final class Manifest {
  private static final String ACCEPTED_TRACES = "accepted_traces";
  private static final String INPUT = "input";
  private static final String PROFILES = "profiles";
  private static final String EVALUATION = "evaluation";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final RunFolder folder;
  private final InstantSource clock;

  private Manifest(RunFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Opens the manifest of a run, or makes it, and writes the configuration into it.
   *
   * @param folder the folder of the run
   * @param configuration the configuration of this application
   * @param codeVersion version of this program
   * @param clock dates the steps
   * @throws UnusableInputException if the file exists but is no manifest
   */
  public static Manifest open(
      RunFolder folder, Configuration configuration, String codeVersion, InstantSource clock)
      throws IOException {
    Manifest manifest = new Manifest(folder, clock);
    manifest.change(
        root -> {
          root.put("run_id", folder.runId());
          if (!root.has("started_at")) {
            root.put("started_at", manifest.now());
          }
          root.put("code_version", codeVersion);
          root.put("seed", configuration.run().seed());
          root.put("configuration_hash", configuration.hash());
          root.set("configuration", JSON.valueToTree(configuration.masked()));
        });
    return manifest;
  }

  /** Returns the manifest of a run as it is, which need not exist. Nothing is written. */
  public static Manifest of(RunFolder folder, InstantSource clock) {
    return new Manifest(folder, clock);
  }

  /** When the first step of the run started. */
  public Instant startedAt() throws IOException {
    return Instant.parse(read().path("started_at").asText());
  }

  /**
   * Notes that a step starts with the present configuration. The states of later steps are removed,
   * because their output no longer belongs to this run.
   */
  public void start(StepName step) throws IOException {
    change(
        root -> {
          ObjectNode entry = JSON.createObjectNode();
          entry.put("state", StepState.RUNNING.label());
          entry.put("started_at", now());
          entry.set("configuration_hash", root.get("configuration_hash"));
          entry.set("code_version", root.get("code_version"));
          if (step == StepName.VOCABULARY) {
            root.put("started_at", now());
          }
          for (StepName later : StepName.values()) {
            if (later.compareTo(step) > 0) {
              steps(root).remove(later.label());
            }
          }
          steps(root).set(step.label(), entry);
        });
  }

  /** Notes that a step has written all of its output. */
  public void finish(StepName step) throws IOException {
    end(step, StepState.DONE, Optional.empty());
  }

  /**
   * Notes that a step has failed.
   *
   * @param step the step
   * @param reason one line that says why
   */
  public void fail(StepName step, String reason) throws IOException {
    end(step, StepState.FAILED, Optional.of(reason));
  }

  /** Notes that a step was stopped from outside. */
  public void interrupt(StepName step) throws IOException {
    end(step, StepState.INTERRUPTED, Optional.empty());
  }

  /** Returns the state of a step; empty if it was never started. */
  public Optional<StepState> state(StepName step) throws IOException {
    JsonNode state = read().path("steps").path(step.label()).path("state");
    return state.isTextual() ? Optional.of(StepState.of(state.textValue())) : Optional.empty();
  }

  /** Returns the steps that have begun, in their order, with the time that each took. */
  public List<StepRow> steps() throws IOException {
    JsonNode entries = read().path("steps");
    List<StepRow> rows = new ArrayList<>();
    for (StepName step : StepName.values()) {
      JsonNode entry = entries.path(step.label());
      if (entry.path("started_at").isTextual()) {
        Instant start = Instant.parse(entry.path("started_at").asText());
        Long seconds =
            entry.path("finished_at").isTextual()
                ? Duration.between(start, Instant.parse(entry.path("finished_at").asText()))
                    .toSeconds()
                : null;
        rows.add(new StepRow(step.label(), entry.path("state").asText(), start, seconds));
      }
    }
    return rows;
  }

  /** Returns what has changed since a step last started; empty if nothing has. */
  public Optional<String> changedSince(StepName step) throws IOException {
    ObjectNode root = read();
    JsonNode entry = root.path("steps").path(step.label());
    if (!entry.path("configuration_hash").equals(root.path("configuration_hash"))) {
      return Optional.of("configuration");
    }
    return entry.path("code_version").equals(root.path("code_version"))
        ? Optional.empty()
        : Optional.of("version of the program");
  }

  /** Notes the fingerprint of a split's traces. Equal traces have equal fingerprints. */
  public void fingerprint(Split split, String fingerprint) throws IOException {
    change(root -> root.withObject("/input_fingerprints").put(split.label(), fingerprint));
  }

  /** Notes how many traces of a split are shorter than a window. */
  public void shortTraces(Split split, long traces) throws IOException {
    change(root -> root.withObject("/traces_shorter_than_a_window").put(split.label(), traces));
  }

  /**
   * Notes what is to be said of a split's input, such as how many events were read and left out.
   *
   * @param line one line, or the empty text if there is nothing to say
   */
  public void input(Split split, String line) throws IOException {
    if (!line.equals(input().getOrDefault(split, ""))) {
      change(root -> root.withObject("/" + INPUT).put(split.label(), line));
    }
  }

  /** Returns what was noted of the input of each split. */
  public SortedMap<Split, String> input() throws IOException {
    return bySplit(INPUT);
  }

  /** Returns the fingerprints noted so far. */
  public SortedMap<Split, String> fingerprints() throws IOException {
    return bySplit("input_fingerprints");
  }

  /** Forgets all that was noted of a split, because the run has no traces of it any more. */
  public void forget(Split split) throws IOException {
    change(
        root -> {
          for (String part :
              List.of(
                  "input_fingerprints", ACCEPTED_TRACES, INPUT, "traces_shorter_than_a_window")) {
            root.withObject("/" + part).remove(split.label());
          }
        });
  }

  /**
   * Notes which traces of a split were accepted.
   *
   * @param contentFingerprint {@link syscallanomaly.trace.TraceSet#contentFingerprint()}
   */
  public void acceptedTraces(Split split, String contentFingerprint) throws IOException {
    change(root -> root.withObject("/" + ACCEPTED_TRACES).put(split.label(), contentFingerprint));
  }

  /** Returns the fingerprints of the accepted traces noted so far. */
  public SortedMap<Split, String> acceptedTraces() throws IOException {
    return bySplit(ACCEPTED_TRACES);
  }

  /**
   * Notes what the rows of the table {@code data_profile} were made from.
   *
   * @param origins one value for each row; equal values mean equal rows
   */
  public void profiles(Map<Split, String> origins) throws IOException {
    change(
        root -> {
          ObjectNode profiles = root.putObject(PROFILES);
          origins.forEach((split, origin) -> profiles.put(split.label(), origin));
        });
  }

  /** Returns what the rows of {@code data_profile} were made from; empty if it is unknown. */
  public SortedMap<Split, String> profiles() throws IOException {
    return bySplit(PROFILES);
  }

  /** Notes the evaluation that the run holds now. */
  public void evaluation(Evaluation evaluation) throws IOException {
    change(root -> root.set(EVALUATION, JSON.valueToTree(evaluation)));
  }

  /** Returns the evaluation that the run holds; empty if it has none. */
  public Optional<Evaluation> evaluation() throws IOException {
    JsonNode noted = read().path(EVALUATION);
    try {
      return noted.isObject()
          ? Optional.of(JSON.treeToValue(noted, Evaluation.class))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw unusable(e);
    }
  }

  private SortedMap<Split, String> bySplit(String part) throws IOException {
    JsonNode noted = read().path(part);
    SortedMap<Split, String> values = new TreeMap<>();
    for (Split split : Split.values()) {
      if (noted.has(split.label())) {
        values.put(split, noted.get(split.label()).asText());
      }
    }
    return values;
  }

  /** Returns one fingerprint for the input of all splits; the empty text if none was noted. */
  public String inputFingerprint() throws IOException {
    SortedMap<Split, String> noted = fingerprints();
    if (noted.isEmpty()) {
      return "";
    }
    return DigestUtils.sha256Hex(noted.toString());
  }

  private void end(StepName step, StepState state, Optional<String> reason) throws IOException {
    change(
        root -> {
          ObjectNode entry = steps(root).withObject("/" + step.label());
          entry.put("state", state.label());
          entry.put("finished_at", now());
          reason.ifPresent(text -> entry.put("reason", Secrets.masked(text)));
        });
  }

  private static ObjectNode steps(ObjectNode root) {
    return root.withObject("/steps");
  }

  private synchronized void change(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = read();
    change.accept(root);
    folder.writeAtomically(folder.manifest(), JSON.writeValueAsBytes(root));
  }

  private ObjectNode read() throws IOException {
    Optional<byte[]> content = folder.read(folder.manifest());
    if (content.isEmpty()) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(content.get()) instanceof ObjectNode root) {
        return root;
      }
    } catch (JsonProcessingException e) {
      throw unusable(e);
    }
    throw unusable(null);
  }

  private UnusableInputException unusable(Throwable cause) {
    return new UnusableInputException(
        "Cannot read "
            + folder.manifest()
            + ": it is no manifest; delete it, or choose another run.id",
        cause);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
