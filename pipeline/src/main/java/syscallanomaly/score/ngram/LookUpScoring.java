package syscallanomaly.score.ngram;

import static syscallanomaly.score.NormalTraces.FOLD;
import static syscallanomaly.score.ngram.NGramStatistics.CONTEXT;
import static syscallanomaly.score.ngram.NGramStatistics.COUNTS;
import static syscallanomaly.score.ngram.NGramStatistics.FOLLOWERS;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import scala.Tuple4;
import scala.collection.Seq;
import syscallanomaly.score.KeyedTraces;

/** Scores each trace where it lies: every worker holds the whole model. */
final class LookUpScoring implements NGramScoring {
  private final NGramModel model;
  private final Broadcast<NGramTrie> trie;

  /**
   * Collects the model on the driver and sends it to the workers.
   *
   * @param model model that is small enough, see {@link NGramTrie#bytes}
   */
  LookUpScoring(NGramModel model) {
    this.model = model;
    this.trie =
        JavaSparkContext.fromSparkContext(model.statistics().sparkSession().sparkContext())
            .broadcast(trie(model));
  }

  private static NGramTrie trie(NGramModel model) {
    NGramTrie trie = new NGramTrie(Math.toIntExact(model.nodes()));
    Iterator<Row> contexts =
        model.statistics().select(FOLD, CONTEXT, FOLLOWERS, COUNTS).toLocalIterator();
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

  @Override
  public Dataset<Row> score(Dataset<Row> traces) {
    Broadcast<NGramTrie> shared = trie;
    NGramManifest manifest = model.manifest();
    return KeyedTraces.table(
        KeyedTraces.typed(traces)
            .flatMap(
                (FlatMapFunction<Tuple3<Row, Integer, int[]>, Tuple4<Row, Double, Double, Double>>)
                    trace -> {
                      int root = shared.value().root(trace._2());
                      return root == NGramTrie.NONE
                          ? Collections.emptyIterator()
                          : List.of(
                                  new TrieScorer(shared.value(), root, manifest)
                                      .score(trace._3())
                                      .of(trace._1()))
                              .iterator();
                    },
                KeyedTraces.scores(traces)),
        NGramFamily.DETECTORS);
  }

  @Override
  public void close() {
    trie.destroy();
  }
}
