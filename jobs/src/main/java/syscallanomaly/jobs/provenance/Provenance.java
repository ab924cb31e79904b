package syscallanomaly.jobs.provenance;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import syscallanomaly.jobs.CodeVersion;
import syscallanomaly.jobs.configuration.ConfigurationKey;
import syscallanomaly.jobs.configuration.Decides;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.UnusableInputException;

/**
 * What decides the sequences or the training of a run. A later step compares it, and so does the
 * same step after an interruption, to notice a change.
 *
 * @param values values by configuration key, or by name for what comes from the input
 */
public record Provenance(SortedMap<String, String> values) {
  /**
   * What decides the sequences now.
   *
   * @param vocabularyHash hash of the vocabulary
   * @param acceptedTraining what identifies the accepted training traces: {@link
   *     syscallanomaly.trace.TraceSet#contentFingerprint()}
   */
  public static Provenance of(JobContext context, String vocabularyHash, String acceptedTraining) {
    SortedMap<String, String> values = new TreeMap<>(values(context, Decides.SEQUENCES));
    values.put("accepted training traces", acceptedTraining);
    values.put("vocabulary", vocabularyHash);
    return new Provenance(values);
  }

  /**
   * What decides the training now.
   *
   * @param context settings and workers of the run
   * @param sequences what decides the sequences now
   * @param start hash of the detector whose model the training starts from, or a word for none
   */
  public static Provenance ofTraining(JobContext context, Provenance sequences, String start) {
    SortedMap<String, String> values = new TreeMap<>(sequences.values);
    values.putAll(values(context, Decides.TRAINING));
    values.put("the number of workers", String.valueOf(context.workers()));
    values.put("code version", CodeVersion.text());
    values.put("the detector that the training starts from", start);
    return new Provenance(values);
  }

  private static Map<String, String> values(JobContext context, Decides decides) {
    SortedMap<String, Object> configured = context.configuration().values();
    return ConfigurationKey.all().stream()
        .filter(key -> key.decides() == decides)
        .collect(
            Collectors.toMap(
                ConfigurationKey::path, key -> String.valueOf(configured.get(key.path()))));
  }

  /**
   * Requires that nothing has changed since this was recorded.
   *
   * @param now what decides the sequences now
   * @param step the step that needs the sequences, for the message
   * @throws UnusableInputException if a value has changed; the message names the first difference
   */
  public void require(Provenance now, StepName step) {
    differenceTo(now)
        .ifPresent(
            difference -> {
              throw new UnusableInputException(
                  "Cannot run the %s step: the sequences were made with %s; give the same --conf and --set as then, or run the steps before it again"
                      .formatted(step.label(), difference));
            });
  }

  /** The first value that has changed, for instance {@code run.seed = 1, and it is 2 now}. */
  public Optional<String> differenceTo(Provenance now) {
    for (Map.Entry<String, String> made : values.entrySet()) {
      String told = now.values.get(made.getKey());
      if (told == null) {
        return Optional.of(
            "%s = %s, which this version of the program does not record"
                .formatted(made.getKey(), brief(made.getValue())));
      }
      if (!made.getValue().equals(told)) {
        return Optional.of(
            "%s = %s, and it is %s now"
                .formatted(made.getKey(), brief(made.getValue()), brief(told)));
      }
    }
    return Optional.empty();
  }

  private static String brief(String value) {
    return value.length() <= 40 ? value : value.substring(0, 8) + "...";
  }
}
