package syscallanomaly.train.epoch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/**
 * A worker's mini-batches of a round, cut from its sequences in the order of their places. No more
 * than one mini-batch and the sequence after it are in memory.
 */
final class StreamedBatches implements Iterator<List<WeightedSequence>> {
  private final Iterator<Tuple2<Long, WeightedSequence>> placed;
  private final EpochLayout layout;
  private Tuple2<Long, WeightedSequence> ahead;

  /**
   * Begins to cut.
   *
   * @param placed sequences with their places in the epoch, in ascending order of the places
   * @param layout says which update a place belongs to
   */
  StreamedBatches(Iterator<Tuple2<Long, WeightedSequence>> placed, EpochLayout layout) {
    this.placed = placed;
    this.layout = layout;
  }

  @Override
  public boolean hasNext() {
    return ahead != null || placed.hasNext();
  }

  @Override
  public List<WeightedSequence> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more mini-batches");
    }
    Tuple2<Long, WeightedSequence> first = ahead == null ? placed.next() : ahead;
    ahead = null;
    long update = layout.updateOf(first._1());
    List<WeightedSequence> batch = new ArrayList<>();
    batch.add(first._2());
    while (placed.hasNext()) {
      Tuple2<Long, WeightedSequence> next = placed.next();
      if (layout.updateOf(next._1()) != update) {
        ahead = next;
        break;
      }
      batch.add(next._2());
    }
    return batch;
  }
}
