package syscallanomaly.score.ngram;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple3;
import scala.Tuple4;

/**
 * Counts which calls follow the contexts of traces. A context is the last 0, 1, ... calls before a
 * call, start symbols included. The elements are those of {@link NGramTrie#contexts}.
 *
 * <p>A trie of bounded size counts. When it is full, the iterator returns what the trie holds, and
 * the trie begins anew. So a context may come several times, and the sums of its counts are exact.
 */
final class NGramCounts implements Iterator<Tuple4<Integer, byte[], int[], long[]>> {
  private final Iterator<Tuple3<Integer, Long, int[]>> traces;
  private final int orders;
  private final NGramTrie trie;
  private Iterator<Tuple4<Integer, byte[], int[], long[]>> counted = Collections.emptyIterator();

  private int fold;
  private long copies;
  private int[] symbols = {};

  /** Place in {@link #symbols} of the next call. */
  private int place;

  /** The nodes of the contexts of the next call, by their length. */
  private final int[] contexts;

  /** Whether {@link #contexts} are those of the next call. */
  private boolean knowsContexts;

  /**
   * @param traces fold, copies and calls of each trace
   * @param orders number of calls in the longest n-gram, at least 2
   * @param nodes number of n-grams that the trie has room for; it has room for the n-grams of one
   *     call even if they are more
   */
  NGramCounts(Iterator<Tuple3<Integer, Long, int[]>> traces, int orders, int nodes) {
    this.traces = traces;
    this.orders = orders;
    this.trie = new NGramTrie(Math.max(nodes, nodesOfCall(orders)));
    this.contexts = new int[orders];
  }

  @Override
  public boolean hasNext() {
    while (!counted.hasNext() && hasCall()) {
      fill();
    }
    return counted.hasNext();
  }

  @Override
  public Tuple4<Integer, byte[], int[], long[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return counted.next();
  }

  /** Goes on to the next trace unless this one has another call. */
  private boolean hasCall() {
    while (place == symbols.length && traces.hasNext()) {
      Tuple3<Integer, Long, int[]> trace = traces.next();
      fold = trace._1();
      copies = trace._2();
      symbols = GramBytes.padded(trace._3(), orders);
      place = orders - 1;
      knowsContexts = false;
    }
    return place < symbols.length;
  }

  private void fill() {
    trie.clear();
    knowsContexts = false;
    while (hasCall() && trie.room() >= nodesOfCall(orders)) {
      if (!knowsContexts) {
        addContexts();
        knowsContexts = true;
      }
      countCall();
    }
    counted = trie.contexts();
  }

  /** Adds the contexts of the next call. */
  private void addContexts() {
    for (int length = 0; length < orders; length++) {
      int node = trie.addRoot(fold);
      for (int i = place - length; i < place; i++) {
        node = trie.add(node, symbols[i]);
      }
      contexts[length] = node;
    }
  }

  private void countCall() {
    int call = symbols[place++];
    for (int length = orders - 1; length >= 0; length--) {
      int gram = trie.count(contexts[length], call, copies);
      if (length < orders - 1) {
        contexts[length + 1] = gram;
      }
    }
  }

  /** Most nodes that a call and its contexts add. */
  private static int nodesOfCall(int orders) {
    return 1 + orders * (orders + 1) / 2;
  }
}
