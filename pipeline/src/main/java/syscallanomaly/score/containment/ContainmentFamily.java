package syscallanomaly.score.containment;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.window.SequenceContent.CONTENT;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.score.DetectorFamily;
import syscallanomaly.score.FamilyFiles;
import syscallanomaly.score.FittedFamily;
import syscallanomaly.score.NormalTraces;

/**
 * Detectors that compare a trace with reference traces: distinct normal traces, at most {@link
 * ContainmentSettings#references}, and no more than fit into 64 MiB. A hash of their calls chooses
 * them. The score is 1 - m, if m is the mean of the k largest similarities; k is {@link
 * ContainmentSettings#nearestShare} of the references. It lies between 0 and 1.
 *
 * <p>With X and T the sets of the calls of the trace and of a reference, G2(X) and G2(T) the sets
 * of their pairs of neighbouring calls, and L(c) = min(log2(1 + number of calls c), 4), the
 * similarities are
 *
 * <pre>{@code
 * call-set      |X and T| / (|T|^.9 |X|^.1)
 * call-counts   sum over c of min(L(c) of the trace, L(c) of T) / sum over c of L(c) of T
 * containment   |X and T| / |T|, and |G2(X) and G2(T)| / |G2(T)|; its score is the mean of both scores
 * }</pre>
 *
 * <p>A reference of a single call has no pairs; its similarity is 0 there. More calls never raise
 * the scores of {@code call-counts} and {@code containment}. The scores are calibrated with the
 * references of the other folds. If these are fewer than k, all count.
 *
 * <p>Sources: Tversky's index (Features of similarity, Psychological Review 84, 1977) with weights
 * .9 and .1, whose weighted sum of the sizes is a product of powers here; histogram intersection
 * (Swain and Ballard: Color indexing, International Journal of Computer Vision 7, 1991);
 * containment (Broder: On the resemblance and containment of documents, 1997).
 */
public final class ContainmentFamily implements DetectorFamily {
  /** The name of this family. */
  public static final String NAME = "containment";

  /** The detector that compares which calls a trace holds. */
  public static final String CALL_SET = "call-set";

  /** The detector that compares how often a trace holds each call. */
  public static final String CALL_COUNTS = "call-counts";

  /** The detector that looks for the calls, and the pairs of calls, of references in a trace. */
  public static final String CONTAINMENT = "containment";

  /** Most memory of the references on a worker, in bytes. */
  private static final long MOST_BYTES = 64L << 20;

  private static final String REFERENCES = "references";

  private final ContainmentSettings settings;

  public ContainmentFamily(ContainmentSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> detectors() {
    return List.of(CALL_SET, CALL_COUNTS, CONTAINMENT);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableInputException if no normal trace is small enough to be a reference
   */
  @Override
  public FittedFamily fit(NormalTraces normal, Path folder) throws IOException {
    SparkSession spark = normal.traces().sparkSession();
    FamilyFiles files = new FamilyFiles(spark, folder);
    files.writeRows(REFERENCES, references(normal));
    files.writeSettings(settings);
    return load(spark, folder);
  }

  /**
   * Loads what {@link #fit} wrote.
   *
   * @param folder the folder that it wrote to
   */
  public static FittedFamily load(SparkSession spark, Path folder) throws IOException {
    FamilyFiles files = new FamilyFiles(spark, folder);
    return new FittedContainment(
        share(
            files.readRows(REFERENCES, ReferenceTraces.COLUMNS),
            files.readSettings(ContainmentSettings.class)));
  }

  @Override
  public Dataset<Row> calibrate(NormalTraces normal) {
    return FittedContainment.scores(
        normal.calibrating(), share(references(normal), settings), col(FOLD), CONTENT);
  }

  private Dataset<Row> references(NormalTraces normal) {
    return ReferenceTraces.of(normal, settings.references(), MOST_BYTES);
  }

  private static Broadcast<ReferenceIndex> share(
      Dataset<Row> references, ContainmentSettings settings) {
    return JavaSparkContext.fromSparkContext(references.sparkSession().sparkContext())
        .broadcast(new ReferenceIndex(ReferenceTraces.collect(references), settings));
  }
}
