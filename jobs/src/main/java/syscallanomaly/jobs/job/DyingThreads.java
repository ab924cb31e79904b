package syscallanomaly.jobs.job;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a job if a thread dies of an error of the Java virtual machine, such as too little memory.
 * Spark's scheduler, for instance, is one thread. If it dies, the job waits for its tasks for ever.
 */
final class DyingThreads implements AutoCloseable {
  private static final AtomicReference<VirtualMachineError> NOTED = new AtomicReference<>();

  /** Time for the job to end by itself before the process is ended. */
  private static final long PATIENCE_SECONDS = 60;

  private static final int FAILED = 1;

  private final Thread job = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final UncaughtExceptionHandler former = Thread.getDefaultUncaughtExceptionHandler();

  private DyingThreads() {}

  /** Watches all threads for the job that the calling thread runs. */
  static DyingThreads watch() {
    NOTED.set(null);
    DyingThreads watch = new DyingThreads();
    Thread.setDefaultUncaughtExceptionHandler(watch::died);
    return watch;
  }

  /** Whether a thread of the job has died. Spark may not work any more. */
  static boolean haveBeenNoted() {
    return NOTED.get() != null;
  }

  /** Returns why a job failed: the error of the thread that died first, else its own failure. */
  static Throwable causeOf(Throwable failure) {
    VirtualMachineError noted = NOTED.get();
    return noted == null ? failure : noted;
  }

  private void died(Thread thread, Throwable failure) {
    if (failure instanceof VirtualMachineError error) {
      if (NOTED.compareAndSet(null, error)) {
        job.interrupt();
        endProcessAfterAWhile(error);
      }
    } else if (former != null) {
      former.uncaughtException(thread, failure);
    } else {
      System.err.println("Exception in thread \"" + thread.getName() + "\"");
      System.err.print(Failure.details(failure));
    }
  }

  private void endProcessAfterAWhile(VirtualMachineError error) {
    Thread guard =
        new Thread(
            () -> {
              try {
                if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  System.err.println("Cannot finish the job: " + Failure.reason(error));
                  Runtime.getRuntime().halt(FAILED);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end of a job");
    guard.setDaemon(true);
    guard.start();
  }

  @Override
  public void close() {
    ended.countDown();
    Thread.setDefaultUncaughtExceptionHandler(former);
    if (haveBeenNoted()) {
      // The interruption was meant for the job, which has ended.
      Thread.interrupted();
    }
  }
}
