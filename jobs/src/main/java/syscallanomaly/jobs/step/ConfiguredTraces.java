package syscallanomaly.jobs.step;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.trace.Formats;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;

/** The traces that a configuration names. Error messages name the keys to check. */
public final class ConfiguredTraces {
  private final SparkSession spark;
  private final Configuration configuration;

  public ConfiguredTraces(SparkSession spark, Configuration configuration) {
    this.spark = spark;
    this.configuration = configuration;
  }

  /**
   * Lists a split.
   *
   * @throws UnusableInputException if the split cannot be listed
   */
  public TraceSet read(Split split) {
    TraceReader reader = new TraceReader(spark, configuration.traces(), largestCall(split));
    String columns =
        configuration.traces().format().equals(Formats.EVENTS)
            ? " and the names in traces.events"
            : "";
    return Advice.adding(
        "check traces.root and traces." + split.label() + columns, () -> reader.read(split));
  }

  /** A call that no vocabulary holds is a reason to look at an observed trace, not to reject it. */
  private int largestCall(Split split) {
    return split == Split.OBSERVED ? Integer.MAX_VALUE : configuration.vocabulary().largestCall();
  }

  /**
   * Checks that a split has enough usable traces.
   *
   * @throws UnusableInputException if no trace is left or too many were rejected
   */
  public static void requireUsable(TraceSet traces) {
    try {
      traces.requireUsable();
    } catch (UnusableInputException e) {
      throw e.withFix("or raise traces.max-rejected-share, or traces.max-bytes for large files");
    }
  }
}
