package syscallanomaly.score.ngram;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Measures calls while it reads contexts and calls, sorted by fold, reversed context and place. An
 * element is the key of a trace, the place of a call in it, and the call's lowest loss and ratio
 * ({@link CallLikelihood}). A call has none if the model knows nothing without its fold.
 */
final class CallMeasures implements Iterator<Tuple4<Row, Integer, Double, Double>> {
  private static final int FOLD = 0;
  private static final int REVERSED = 1;
  private static final int PLACE = 2;
  private static final int CALL = 3;
  private static final int KEY = 4;
  private static final int FOLLOWERS = 5;
  private static final int COUNTS = 6;

  private final Iterator<Row> rows;
  private final NGramTrie shortContexts;
  private final CallLikelihood likelihood;
  private final KnownContexts longContexts = new KnownContexts();
  private int fold = -1;
  private int root = NGramTrie.NONE;
  private Tuple4<Row, Integer, Double, Double> next;

  /**
   * @param rows fold, reversed context, place (negative for a context), call, key, followers and
   *     their counts (both null for a call)
   * @param shortContexts the contexts of no symbol or one
   */
  CallMeasures(Iterator<Row> rows, NGramTrie shortContexts, CallLikelihood likelihood) {
    this.rows = rows;
    this.shortContexts = shortContexts;
    this.likelihood = likelihood;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      take(rows.next());
    }
    return next != null;
  }

  @Override
  public Tuple4<Row, Integer, Double, Double> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple4<Row, Integer, Double, Double> measured = next;
    next = null;
    return measured;
  }

  private void take(Row row) {
    if (row.getInt(FOLD) != fold) {
      fold = row.getInt(FOLD);
      root = shortContexts.root(fold);
      longContexts.clear();
    }
    byte[] reversed = row.getAs(REVERSED);
    int place = row.getInt(PLACE);
    if (place < 0) {
      longContexts.add(reversed, ints(row.getSeq(FOLLOWERS)), longs(row.getSeq(COUNTS)));
    } else if (root != NGramTrie.NONE) {
      measure(row.getInt(CALL), reversed);
      next = new Tuple4<>(row.getStruct(KEY), place, likelihood.lowestLoss(), likelihood.ratio());
    }
  }

  private void measure(int call, byte[] reversed) {
    int gram = shortContexts.child(root, call);
    likelihood.begin(shortContexts.continuations(gram), shortContexts.continuations(root));
    order(root, call);
    int before = shortContexts.child(root, GramBytes.first(reversed));
    if (shortContexts.total(before) > 0) {
      order(before, call);
      longContexts.countsOf(call, reversed, likelihood);
    }
  }

  private void order(int context, int call) {
    likelihood.order(
        shortContexts.count(shortContexts.child(context, call)),
        shortContexts.total(context),
        shortContexts.followers(context));
  }

  private static int[] ints(Seq<Integer> numbers) {
    return JavaConverters.seqAsJavaList(numbers).stream().mapToInt(Integer::intValue).toArray();
  }

  private static long[] longs(Seq<Long> numbers) {
    return JavaConverters.seqAsJavaList(numbers).stream().mapToLong(Long::longValue).toArray();
  }
}
