package syscallanomaly.score.ngram;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple3;
import scala.Tuple4;
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
    this.trie = model.shared();
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
