package syscallanomaly.jobs.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Keeps two programs from working on one run, be it on file systems that have neither locks nor
 * atomic renaming.
 *
 * <p>Who has a run writes its name and a number that grows into {@code owner.json}, again and
 * again. Whoever finds such a file watches it: if the number grows, the run is in use; if it stays
 * for longer than a lease lasts, the owner is dead and the run is taken over. No clocks of two
 * machines are compared. Of two that take a run at the same moment the last to write has it; the
 * other notices when it next writes the number. An owner that was only asleep notices too, and
 * {@link #requireHeld} keeps it from writing.
 */
public final class RunLease implements AutoCloseable {
  /** How often the number grows, and how long it may stay the same. */
  record Times(Duration beat, Duration lease) {}

  private static final Times TIMES = new Times(Duration.ofSeconds(10), Duration.ofSeconds(60));
  private static final int LOOKS = 3;
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(200);

  /** After the manifest has been told of an interruption (100), before file systems close (10). */
  private static final int PRIORITY = 20;

  private final RunFolder folder;
  private final Consumer<String> say;
  private final Runnable hook = this::release;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat of a run");
            thread.setDaemon(true);
            return thread;
          });
  private RunOwner owner;
  private ScheduledFuture<?> beating;
  private volatile boolean lost;

  private RunLease(RunFolder folder, RunOwner owner, Consumer<String> say) {
    this.folder = folder;
    this.owner = owner;
    this.say = say;
  }

  /**
   * Takes a run, which may mean to wait until its former owner is known to be dead.
   *
   * @param say takes lines for the person at the terminal
   * @throws RunInUseException where another program works on it
   */
  public static RunLease take(RunFolder folder, Consumer<String> say) throws IOException {
    return take(folder, say, TIMES);
  }

  static RunLease take(RunFolder folder, Consumer<String> say, Times times) throws IOException {
    Optional<RunOwner> former = ownerOnSecondSight(folder);
    if (former.isPresent()) {
      requireDead(folder, former.get(), say, times.lease());
    }
    RunLease lease = new RunLease(folder, RunOwner.here(), say);
    folder.workspace().writeAtomically(folder.owner(), lease.owner.toJson());
    lease.begin(times.beat());
    return lease;
  }

  private static void requireDead(
      RunFolder folder, RunOwner former, Consumer<String> say, Duration lease) throws IOException {
    if (former.isKnownToHaveEnded()) {
      return;
    }
    say.accept(
        "Run %s belongs to %s; waiting up to %d s to see whether that still lives"
            .formatted(folder.runId(), former.text(), lease.toSeconds()));
    long watched = 0;
    while (watched < lease.toNanos()) {
      long before = System.nanoTime();
      LockSupport.parkNanos(POLL.toNanos());
      // A pause of this program, such as a suspended machine, is no silence of the owner.
      watched += Math.min(System.nanoTime() - before, 2 * POLL.toNanos());
      Optional<RunOwner> now = ownerOnSecondSight(folder);
      if (now.isEmpty()) {
        return;
      }
      if (!now.get().equals(former)) {
        throw inUse(folder, now.get());
      }
    }
  }

  private static RunInUseException inUse(RunFolder folder, RunOwner owner) {
    return new RunInUseException(
        "Cannot work on run %s: %s works on it; wait for its end or stop it, or choose another run.id"
            .formatted(folder.runId(), owner.text()));
  }

  /** Looks again where there is none: a file that is being replaced may be missing for a moment. */
  private static Optional<RunOwner> ownerOnSecondSight(RunFolder folder) throws IOException {
    Optional<RunOwner> found = Optional.empty();
    for (int look = 1; look <= LOOKS && found.isEmpty(); look++) {
      try {
        found = owner(folder);
      } catch (ChecksumException e) {
        // Local files have their checksum beside them, which follows a moment later. If it never
        // does, whoever was about to write it was killed, and owns nothing.
        found = Optional.empty();
      }
      if (found.isEmpty()) {
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
    return found;
  }

  private static Optional<RunOwner> owner(RunFolder folder) throws IOException {
    return folder.read(folder.owner()).flatMap(RunOwner::fromJson);
  }

  private synchronized void begin(Duration beat) {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
    beating =
        heart.scheduleWithFixedDelay(
            this::beat, beat.toNanos(), beat.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void beat() {
    try {
      if (!isHeld()) {
        beating.cancel(/* mayInterruptIfRunning= */ false);
        return;
      }
      owner = owner.next();
      folder.workspace().writeAtomically(folder.owner(), owner.toJson());
    } catch (IOException | RuntimeException e) {
      say.accept("Cannot renew the hold on run %s: %s".formatted(folder.runId(), e.getMessage()));
    }
  }

  /** Whether the run is still this program's, as the file says. */
  synchronized boolean isHeld() throws IOException {
    lost = lost || owner(folder).filter(now -> now.id().equals(owner.id())).isEmpty();
    return !lost;
  }

  /**
   * Keeps a program from writing that no longer has the run.
   *
   * @throws RunInUseException where it was taken over
   */
  void requireHeld() throws IOException {
    if (!isHeld()) {
      throw new RunInUseException(
          "Cannot go on with run %s: %s has taken it over, as this program did not show for too long"
              .formatted(
                  folder.runId(), owner(folder).map(RunOwner::text).orElse("another program")));
    }
  }

  /** Leaves the run to whoever wants it. */
  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
    release();
  }

  private synchronized void release() {
    heart.shutdownNow();
    try {
      if (isHeld()) {
        folder.workspace().delete(folder.owner());
      }
      lost = true;
    } catch (IOException | RuntimeException e) {
      say.accept("Cannot leave run %s: %s".formatted(folder.runId(), e.getMessage()));
    }
  }
}
