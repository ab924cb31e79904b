package syscallanomaly.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.TreeMap;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.trace.Split;

/**
 * Which traces the scores and the report of a run are about.
 *
 * @param at when the evaluation was written, for instance {@code 2026-11-25T07:00:00Z}
 * @param traces the test traces by the label of their split
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Evaluation(String at, Map<String, Traces> traces) {

  public Evaluation {
    traces = new TreeMap<>(traces);
  }

  /**
   * The test traces of one split.
   *
   * @param place where they were read, with secrets masked
   * @param accepted number of accepted traces
   * @param fingerprint {@link syscallanomaly.trace.TraceSet#contentFingerprint()}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Traces(String place, long accepted, String fingerprint) {
    public Traces {
      place = Secrets.masked(place);
    }
  }

  /** Says which traces these are, for instance {@code 120 validation traces from /data/new}. */
  public String description() {
    StringBuilder text = new StringBuilder();
    for (Split split : Split.values()) {
      Traces of = traces.get(split.label());
      if (of != null) {
        text.append(text.isEmpty() ? "" : " and ")
            .append("%d %s traces from %s".formatted(of.accepted(), split.label(), of.place()));
      }
    }
    return text.toString();
  }
}
