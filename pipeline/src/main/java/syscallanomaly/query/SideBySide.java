package syscallanomaly.query;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.commons.lang3.exception.ExceptionUtils;

/**
 * Runs independent queries side by side. A query of few rows takes most of its time on one thread
 * of the driver, which plans it and waits for its stages one after the other.
 *
 * <pre>{@code
 * try (SideBySide queries = new SideBySide()) {
 *   Supplier<List<Row>> calls = queries.start(() -> perCall.collectAsList());
 *   Supplier<Long> traces = queries.start(() -> all.count());
 *   return figures(calls.get(), traces.get());
 * }
 * }</pre>
 *
 * <p>The queries have the Spark properties, such as the job group, of the thread that starts them.
 */
public final class SideBySide implements AutoCloseable {
  /** More would need more of the driver's memory, and a small machine has no more cores. */
  private static final int AT_ONCE = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  /**
   * Starts a query.
   *
   * @return waits for the result and returns it, or throws what the query threw
   */
  public <T> Supplier<T> start(Supplier<T> query) {
    Future<T> result = threads.submit(query::get);
    return () -> result(result);
  }

  /**
   * Does some work side by side, and returns when all of it has ended. If parts fail, this throws
   * what the first of them threw.
   */
  public static void doAll(List<Runnable> work) {
    try (SideBySide together = new SideBySide()) {
      together
          .threads
          .invokeAll(work.stream().map(Executors::callable).toList())
          .forEach(SideBySide::result);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <T> T result(Future<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      // Spark throws checked exceptions that it does not declare.
      return ExceptionUtils.rethrow(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while a query ran", e);
  }

  /** Interrupts the queries whose results nobody has waited for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
