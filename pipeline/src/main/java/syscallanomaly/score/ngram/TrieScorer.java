package syscallanomaly.score.ngram;

/** Scores one trace by looks into a trie. Its memory does not grow with the trace. */
final class TrieScorer {
  private final NGramTrie trie;
  private final int root;
  private final int orders;
  private final CallLikelihood likelihood;
  private final TraceScores scores;

  /** The nodes of the contexts that a call has followed, by their length. */
  private int[] contexts;

  /** The number of these contexts. The longer ones are all unknown. */
  private int known;

  private int[] nextContexts;

  /**
   * @param root root of the fold whose counts judge the trace
   */
  TrieScorer(NGramTrie trie, int root, NGramManifest manifest) {
    this.trie = trie;
    this.root = root;
    this.orders = manifest.settings().orders();
    this.likelihood = manifest.likelihood();
    this.scores = new TraceScores(manifest.settings());
    this.contexts = new int[orders];
    this.nextContexts = new int[orders];
    int node = root;
    while (known < orders && trie.total(node) > 0) {
      contexts[known++] = node;
      node = trie.child(node, GramBytes.START);
    }
  }

  /** Scores the calls of the trace. A trace in pieces is scored piece by piece. */
  TraceScores score(int[] calls) {
    for (int call : calls) {
      next(call);
      scores.add(likelihood.lowestLoss(), likelihood.ratio());
    }
    return scores;
  }

  private void next(int call) {
    int gram = trie.child(root, call);
    likelihood.begin(trie.continuations(gram), trie.continuations(root));
    int nextKnown = 0;
    nextContexts[nextKnown++] = root;
    for (int order = 0; order < known; order++) {
      int context = contexts[order];
      // What ends with an unknown n-gram is unknown.
      gram = gram == NGramTrie.NONE ? gram : trie.child(context, call);
      likelihood.order(trie.count(gram), trie.total(context), trie.followers(context));
      if (order + 1 < orders && trie.total(gram) > 0) {
        nextContexts[nextKnown++] = gram;
      }
    }
    int[] used = contexts;
    contexts = nextContexts;
    nextContexts = used;
    known = nextKnown;
  }
}
