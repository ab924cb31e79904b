package syscallanomaly.score.stide;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.score.stide.TraceGrams.GRAM;
import static syscallanomaly.trace.TraceColumns.ORDINAL;
import static syscallanomaly.trace.TraceColumns.SPLIT;
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
import syscallanomaly.score.NormalTraces;
import syscallanomaly.trace.Split;

/**
 * The detector {@code stide}, see {@link FittedStide}. It learns which n-grams normal traces hold.
 */
public final class StideFamily implements DetectorFamily {
  /** The name of this family, and of its detector. */
  public static final String NAME = "stide";

  private static final String GRAMS = "grams";

  private final SparkSession spark;
  private final TraceGrams grams;

  /**
   * @param length number of calls in an n-gram, at least 2
   */
  public StideFamily(SparkSession spark, int length) {
    this(spark, new TraceGrams(length));
  }

  StideFamily(SparkSession spark, TraceGrams grams) {
    this.spark = spark;
    this.grams = grams;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> detectors() {
    return List.of(NAME);
  }

  @Override
  public FittedFamily fit(NormalTraces normal, Path folder) throws IOException {
    FamilyFiles files = new FamilyFiles(spark, folder);
    files.writeRows(GRAMS, grams.distinct(normal.traces()));
    files.writeSettings(new StideSettings(grams.length()));
    return new FittedStide(files.readRows(GRAMS, TraceGrams.DISTINCT), grams);
  }

  /**
   * Loads what {@link #fit} wrote.
   *
   * @param folder the folder that it wrote to
   */
  public static FittedFamily load(SparkSession spark, Path folder) throws IOException {
    FamilyFiles files = new FamilyFiles(spark, folder);
    StideSettings settings = files.readSettings(StideSettings.class);
    return new FittedStide(
        files.readRows(GRAMS, TraceGrams.DISTINCT), new TraceGrams(settings.length()));
  }

  /** An n-gram of a trace counts as unknown if no normal trace of another fold holds it. */
  @Override
  public Dataset<Row> calibrate(NormalTraces normal) {
    Dataset<Row> unknown =
        counts(normal.traces())
            .groupBy(GRAM)
            .agg(min(FOLD).as("only_fold"), max(FOLD).as("last_fold"))
            .where("only_fold = last_fold");
    Dataset<Row> counted = counts(normal.calibrating()).join(unknown, new String[] {GRAM}, "left");
    return TraceGrams.shares(
            ofTraining(normal.calibrating()), counted, col(FOLD).equalTo(col("only_fold")), NAME)
        .join(ofTraining(normal.calibrating()), new String[] {SPLIT, ORDINAL})
        .select(CONTENT, NAME);
  }

  private Dataset<Row> counts(Dataset<Row> normal) {
    Dataset<Row> folds = ofTraining(normal).select(SPLIT, ORDINAL, FOLD);
    return grams.counts(ofTraining(normal)).join(folds, new String[] {SPLIT, ORDINAL});
  }

  private static Dataset<Row> ofTraining(Dataset<Row> normal) {
    return normal.withColumn(SPLIT, lit(Split.TRAINING.label()));
  }

  /**
   * What else is kept with the n-grams.
   *
   * @param length number of calls in an n-gram
   */
  private record StideSettings(int length) {}
}
