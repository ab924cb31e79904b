package syscallanomaly.jobs.provenance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.UnusableInputException;

/**
 * What decides the windows or the training of a run, so that a later step, or the same one after an
 * interruption, notices when it is told something else than before.
 *
 * @param values by configuration key, or by name for what comes from the input
 */
public record Provenance(SortedMap<String, String> values) {
  private static final List<String> KEYS =
      List.of(
          "run.seed",
          "sequences.hold-out.rule",
          "training.unit",
          "sequences.hold-out.fraction",
          "vocabulary.mode",
          "vocabulary.size",
          "sequences.distinct",
          "sequences.drop-in.enabled",
          "sequences.drop-in.max-copies",
          "windows.length",
          "windows.limit");

  /** Keys that change nothing in a training, or nothing but its number of workers. */
  private static final List<String> NOT_OF_TRAINING =
      List.of("training.checkpoint-minutes", "training.workers");

  /** What decides the windows now. */
  public static Provenance of(
      JobContext context, String vocabularyHash, String trainingFingerprint) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String key : KEYS) {
      values.put(key, String.valueOf(context.configuration().values().get(key)));
    }
    values.put("training traces", trainingFingerprint);
    values.put("vocabulary", vocabularyHash);
    return new Provenance(values);
  }

  /**
   * What decides the training now.
   *
   * @param windows what decides the windows now
   */
  public static Provenance ofTraining(JobContext context, Provenance windows) {
    SortedMap<String, String> values = new TreeMap<>(windows.values);
    context
        .configuration()
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith("network.") || key.startsWith("training.")) {
                values.put(key, String.valueOf(value));
              }
            });
    values.keySet().removeAll(NOT_OF_TRAINING);
    values.put("the number of workers", String.valueOf(context.workers()));
    values.put("code version", CodeVersion.text());
    return new Provenance(values);
  }

  /**
   * Requires that the windows were made from what this step is told.
   *
   * @throws UnusableInputException naming the first difference
   */
  public void require(Provenance now, StepName step) {
    differenceTo(now)
        .ifPresent(
            difference -> {
              throw new UnusableInputException(
                  "Cannot run the %s step: the windows were made with %s; give the same --conf and --set as then, or run the steps before it again"
                      .formatted(step.label(), difference));
            });
  }

  /** The first difference, as in: made with {@code run.seed = 1, and it is 2 now}. */
  public Optional<String> differenceTo(Provenance now) {
    for (Map.Entry<String, String> made : values.entrySet()) {
      String told = now.values.get(made.getKey());
      if (!made.getValue().equals(told)) {
        return Optional.of(
            "%s = %s, and it is %s now"
                .formatted(made.getKey(), brief(made.getValue()), brief(told)));
      }
    }
    return Optional.empty();
  }

  private static String brief(String value) {
    return value == null || value.length() <= 40 ? value : value.substring(0, 8) + "...";
  }
}
