package syscallanomaly.jobs.step;

import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceReader;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;

/** The traces that a configuration names. Complaints about them name the keys to look at. */
public final class ConfiguredTraces {
  private final TraceReader reader;

  public ConfiguredTraces(SparkSession spark, Configuration configuration) {
    this.reader =
        new TraceReader(spark, configuration.traces(), configuration.vocabulary().largestCall());
  }

  /**
   * Lists a split.
   *
   * @throws UnusableInputException where that cannot be done
   */
  public TraceSet read(Split split) {
    return Advice.adding("check traces.root and traces." + split.label(), () -> reader.read(split));
  }

  /**
   * Ends a run that would go on with too few traces.
   *
   * @throws UnusableInputException where no trace is left, or too many were rejected
   */
  public static void requireUsable(TraceSet traces) {
    try {
      traces.requireUsable();
    } catch (UnusableInputException e) {
      throw e.withFix("or raise traces.max-rejected-share, or traces.max-bytes for large files");
    }
  }
}
