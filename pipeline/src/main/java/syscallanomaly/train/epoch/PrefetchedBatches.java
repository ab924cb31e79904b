package syscallanomaly.train.epoch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker's mini-batches as arrays. Other threads make the next arrays while the worker trains.
 *
 * <p>DL4J's own prefetching allocates a new ring of memory for each round and never frees it. Here
 * the arrays belong to the caller of {@link #next}, who closes them.
 */
public final class PrefetchedBatches implements Iterator<DataSet> {
  private static final int AHEAD = 2;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "expands mini-batches");
            thread.setDaemon(true);
            return thread;
          });

  private final Iterator<List<WeightedSequence>> batches;
  private final BatchExpansion expansion;
  private final Deque<Future<DataSet>> ahead = new ArrayDeque<>();

  public PrefetchedBatches(Iterator<List<WeightedSequence>> batches, BatchExpansion expansion) {
    this.batches = batches;
    this.expansion = expansion;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || batches.hasNext();
  }

  @Override
  public DataSet next() {
    lookAhead();
    Future<DataSet> next = ahead.remove();
    lookAhead();
    try {
      return next.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot expand a mini-batch", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before a mini-batch was expanded", e);
    }
  }

  private void lookAhead() {
    while (ahead.size() < AHEAD && batches.hasNext()) {
      List<WeightedSequence> batch = batches.next();
      ahead.add(THREADS.submit(() -> expansion.expand(batch)));
    }
  }
}
