package syscallanomaly.score.ngram;

import static org.apache.spark.sql.functions.col;
import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.score.ngram.NGramStatistics.CONTEXT;
import static syscallanomaly.score.ngram.NGramStatistics.COUNTS;
import static syscallanomaly.score.ngram.NGramStatistics.FOLLOWERS;
import static syscallanomaly.score.ngram.NGramStatistics.ORDER;

import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * What was learned of normal traces, before it is sent to the workers.
 *
 * @param manifest how traces are judged
 * @param statistics table with the columns {@code fold} and those of {@link NGramStatistics#of};
 *     the traces of a fold are judged by its rows
 * @param folds number of folds; they are numbered from 0
 */
record NGramModel(NGramManifest manifest, Dataset<Row> statistics, int folds) {
  /** Nodes whose rows the driver takes at once, some 10 MB. */
  private static final int NODES_OF_PIECE = 1 << 18;

  /** Largest number of nodes of a trie that holds the model. */
  long nodes() {
    // A root and the contexts that hold start symbols alone are no n-grams.
    return manifest.grams() + (long) folds * manifest.settings().orders();
  }

  /**
   * The part of the model whose contexts have no symbol or one. Its size depends on the number of
   * different calls and not on the number of traces.
   */
  NGramModel ofShortContexts() {
    // One partition, because a trie is filled by one partition after the other.
    Dataset<Row> contexts = statistics.where(col(ORDER).leq(1)).repartition(1);
    return new NGramModel(manifest.with(NGramManifest.grams(contexts)), contexts, folds);
  }

  /**
   * Collects the model on the driver and sends it to the workers.
   *
   * @throws ArithmeticException if the model has more than 2^31 - 1 nodes
   */
  Broadcast<NGramTrie> shared() {
    return JavaSparkContext.fromSparkContext(statistics.sparkSession().sparkContext())
        .broadcast(trie());
  }

  private NGramTrie trie() {
    NGramTrie trie = new NGramTrie(Math.toIntExact(nodes()));
    // Each piece is a job of its own, and the driver has one piece at a time.
    int pieces = Math.toIntExact(1 + nodes() / NODES_OF_PIECE);
    Iterator<Row> contexts =
        statistics.select(FOLD, CONTEXT, FOLLOWERS, COUNTS).coalesce(pieces).toLocalIterator();
    while (contexts.hasNext()) {
      Row row = contexts.next();
      int[] context = GramBytes.symbols(row.getAs(1));
      int root = trie.addRoot(row.getInt(0));
      int node = root;
      for (int symbol : context) {
        node = trie.add(node, symbol);
      }
      Seq<Integer> followers = row.getSeq(2);
      Seq<Long> counts = row.getSeq(3);
      for (int i = 0; i < followers.length(); i++) {
        trie.count(node, followers.apply(i), counts.apply(i));
        if (context.length == 1) {
          trie.countContinuation(root, followers.apply(i));
        }
      }
    }
    return trie;
  }
}
