package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.KeyedTraces;
import syscallanomaly.score.NormalTraces;
import syscallanomaly.trace.UnusableInputException;

/**
 * Detectors that learn how often calls follow each other in normal traces. All three look for the
 * least anomalous stretch of a trace: a normal trace of an unknown program still has one that looks
 * like a normal trace, and an attack has none.
 *
 * <ul>
 *   <li>{@link #WINDOW}: for each call the lowest negative log-likelihood under Witten-Bell
 *       estimates of all orders; the score is the lowest mean of {@link NGramSettings#window}
 *       consecutive calls, in nats for each call, at least 0.
 *   <li>{@link #RATIO}: for each call the negative log-likelihood under the Witten-Bell estimate of
 *       the highest order, less that under a bigram with absolute discounting; the score is the
 *       lowest mean of as many calls. It may be negative.
 *   <li>{@link #RATIO_END}: the mean of that ratio over the {@link NGramSettings#last} last calls.
 * </ul>
 *
 * <p>The formulas stand at the package-private class {@code CallLikelihood}. A trace with fewer
 * calls is judged by all of them.
 */
public final class NGramFamily implements DetectorFamily {
  /** The name of this family, and of its folder in a fitted detector. */
  public static final String NAME = "ngram";

  /** The detector that takes the best of all orders. */
  public static final String WINDOW = "ngram-window";

  /** The detector that compares long n-grams with bigrams. */
  public static final String RATIO = "ngram-ratio";

  /** The detector that does so at the end of a trace. */
  public static final String RATIO_END = "ngram-ratio-end";

  static final List<String> DETECTORS = List.of(WINDOW, RATIO, RATIO_END);

  /** Largest size of a model that is sent to all workers, in bytes. */
  private static final long MOST_BYTES = 1 << 27;

  private static final String STATISTICS = "statistics";

  private final NGramSettings settings;
  private final long mostBytes;

  public NGramFamily(NGramSettings settings) {
    this(settings, MOST_BYTES);
  }

  /**
   * @param mostBytes largest size of a model that is sent to all workers, in bytes
   */
  NGramFamily(NGramSettings settings, long mostBytes) {
    this.settings = settings;
    this.mostBytes = mostBytes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> detectors() {
    return DETECTORS;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableInputException if there is no normal trace
   */
  @Override
  public FittedFamily fit(NormalTraces normal, Path folder) throws IOException {
    if (normal.traces().isEmpty()) {
      throw new UnusableInputException(
          "Cannot fit the n-gram detectors: there is no normal trace; give at least one");
    }
    FamilyFiles files = new FamilyFiles(normal.traces().sparkSession(), folder);
    files.writeRows(STATISTICS, NGramStatistics.of(normal, settings.orders()));
    files.writeSettings(
        NGramManifest.of(settings, files.readRows(STATISTICS, NGramStatistics.COLUMNS)));
    return load(files, mostBytes);
  }

  /**
   * {@inheritDoc}
   *
   * <p>What the workers keep for it is released when nothing refers to the result any more.
   */
  @Override
  public Dataset<Row> calibrate(NormalTraces normal) {
    Dataset<Row> statistics = NGramStatistics.withoutFolds(normal, settings.orders());
    NGramManifest manifest = NGramManifest.of(settings, statistics);
    return NGramScoring.of(new NGramModel(manifest, statistics, normal.folds()), mostBytes)
        .score(KeyedTraces.of(normal.calibrating(), col(FOLD), CONTENT));
  }

  /**
   * Loads what {@link #fit} wrote.
   *
   * @param folder the folder that it wrote to, or a copy of it
   */
  public static FittedFamily load(SparkSession spark, Path folder) throws IOException {
    return load(new FamilyFiles(spark, folder), MOST_BYTES);
  }

  private static FittedFamily load(FamilyFiles files, long mostBytes) throws IOException {
    return new FittedNGrams(
        files.readSettings(NGramManifest.class),
        files.readRows(STATISTICS, NGramStatistics.COLUMNS),
        mostBytes);
  }
}
