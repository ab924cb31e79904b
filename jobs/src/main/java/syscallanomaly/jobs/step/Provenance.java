package syscallanomaly.jobs.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.UnusableInputException;

/**
 * What decides the windows of a run, so that a later step notices when it is told something else
 * than the step before it.
 *
 * @param values by configuration key, or by name for what comes from the input
 */
record Provenance(SortedMap<String, String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> KEYS =
      List.of(
          "run.seed",
          "training.split",
          "training.unit",
          "training.validation-fraction",
          "vocabulary.mode",
          "vocabulary.size",
          "windows.distinct",
          "windows.drop-in.enabled",
          "windows.drop-in.max-copies",
          "windows.length",
          "windows.limit");

  /** What decides the windows now. */
  static Provenance of(JobContext context, String vocabularyHash, String trainingFingerprint) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String key : KEYS) {
      values.put(key, String.valueOf(context.configuration().values().get(key)));
    }
    values.put("training traces", trainingFingerprint);
    values.put("vocabulary", vocabularyHash);
    return new Provenance(values);
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write strings as JSON", e);
    }
  }

  static Provenance fromJson(byte[] json) {
    try {
      return new Provenance(
          new TreeMap<>(
              JSON.readValue(
                  new String(json, StandardCharsets.UTF_8),
                  new TypeReference<Map<String, String>>() {})));
    } catch (JsonProcessingException e) {
      throw new UnusableInputException(
          "Cannot read what the windows were made from: windows/provenance.json is damaged; run the windows step again",
          e);
    }
  }

  /**
   * Requires that the windows were made from what this step is told.
   *
   * @throws UnusableInputException naming the first difference
   */
  void require(Provenance now, StepName step) {
    for (Map.Entry<String, String> made : values.entrySet()) {
      String told = now.values.get(made.getKey());
      if (!made.getValue().equals(told)) {
        throw new UnusableInputException(
            "Cannot run the %s step: the windows were made with %s = %s, and it is %s now; give the same --conf and --set as then, or run the steps before it again"
                .formatted(step.label(), made.getKey(), brief(made.getValue()), brief(told)));
      }
    }
  }

  private static String brief(String value) {
    return value == null || value.length() <= 40 ? value : value.substring(0, 8) + "...";
  }
}
