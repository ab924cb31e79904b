package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;

class NGramTrieTest {
  @Test
  void aContextKnowsItsFollowers() {
    NGramTrie trie = new NGramTrie(8);
    int root = trie.addRoot(3);
    int seven = trie.count(root, 7, 5);
    trie.count(root, 8, 1);
    trie.count(root, 7, 2);
    trie.countContinuation(root, 7);
    int start = trie.add(root, GramBytes.START);

    assertThat(trie.root(3)).isEqualTo(root);
    assertThat(trie.root(0)).isEqualTo(NGramTrie.NONE);
    assertThat(trie.child(root, 7)).isEqualTo(seven);
    assertThat(trie.child(seven, 7)).isEqualTo(NGramTrie.NONE);
    assertThat(trie.count(seven)).isEqualTo(7);
    assertThat(trie.total(root)).isEqualTo(8);
    assertThat(trie.followers(root)).isEqualTo(2);
    assertThat(trie.continuations(seven)).isOne();
    assertThat(trie.continuations(root)).isOne();
    assertThat(trie.count(start)).isZero();
    assertThat(trie.total(NGramTrie.NONE) + trie.count(NGramTrie.NONE)).isZero();
    assertThat(trie.continuations(NGramTrie.NONE)).isZero();
  }

  @Test
  void aTrieHoldsAsManyNodesAsItHasRoomFor() {
    NGramTrie trie = new NGramTrie(3);
    int root = trie.addRoot(0);
    int node = trie.add(trie.add(root, 1), 2);
    assertThat(trie.room()).isZero();
    assertThat(trie.add(trie.add(root, 1), 2)).as("it is there already").isEqualTo(node);
    assertThatThrownBy(() -> trie.add(node, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot hold more than 3 n-grams: their number is larger than was said");

    trie.clear();
    assertThat(trie.room()).isEqualTo(3);
    assertThat(trie.root(0)).isEqualTo(NGramTrie.NONE);
  }

  @Test
  void aMillionNodesTakeSixtyFourMegabytes() {
    assertThat(NGramTrie.bytes(1_000_000)).isEqualTo(64L << 20);
    assertThat(NGramTrie.bytes(3 << 18)).isEqualTo(32L << 20);
    assertThat(NGramTrie.bytes((3 << 18) + 1)).isEqualTo(64L << 20);
    assertThat(NGramTrie.bytes(1L << 40)).isEqualTo(1L << 46);
  }

  @Test
  void aTrieTravelsWithEverySerializer() {
    NGramTrie trie = new NGramTrie(4);
    trie.count(trie.addRoot(0), 9, 6);

    NGramTrie copy = Kryo.copy(trie);

    assertThat(copy.count(copy.child(copy.root(0), 9))).isEqualTo(6);
  }

  @Property
  void countsAreThoseOfAMap(
      @ForAll @Size(max = 200)
          List<@Size(min = 1, max = 4) List<@IntRange(max = 3) Integer>> grams) {
    NGramTrie trie = new NGramTrie(1 + 4 + 16 + 64 + 256);
    Map<List<Integer>, Long> naive = new HashMap<>();
    int root = trie.addRoot(0);
    for (List<Integer> gram : grams) {
      naive.merge(gram, 2L, Long::sum);
      int context = root;
      for (int call : gram.subList(0, gram.size() - 1)) {
        context = trie.add(context, call);
      }
      trie.count(context, gram.get(gram.size() - 1), 2);
    }

    assertThat(naive)
        .allSatisfy(
            (gram, count) -> {
              int node = root;
              for (int call : gram) {
                node = trie.child(node, call);
              }
              assertThat(trie.count(node)).isEqualTo(count);
            });
  }
}
