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
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Prevents two programs from working on one run, or on the detector in use. It also works on file
 * systems that have neither locks nor atomic renaming.
 *
 * <p>The program that holds a folder writes its name and a growing number into {@code owner.json}
 * at regular intervals. A program that finds such a file watches it. If the number grows, the
 * folder is in use. If the number stays the same for longer than a lease lasts, the owner is dead
 * and the program takes over the folder. Clocks of different machines are never compared.
 *
 * <p>If two programs take a folder at the same moment, the last one to write holds it. The other
 * one notices when it next writes its number. An owner that was suspended for too long notices it
 * in the same way, and {@link #requireHeld} prevents it from writing.
 */
public final class Lease implements AutoCloseable {
  /**
   * The intervals of a lease.
   *
   * @param beat time after which the owner increases its number
   * @param lease time after which an owner with an unchanged number counts as dead
   */
  record Times(Duration beat, Duration lease) {}

  private static final Times TIMES = new Times(Duration.ofSeconds(10), Duration.ofSeconds(60));
  private static final int LOOKS = 3;
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Priority of the shutdown hook: it runs after the manifest has noted an interruption (100) and
   * before the file systems close (10).
   */
  private static final int PRIORITY = 20;

  private final Leased leased;
  private final Consumer<String> say;
  private final Runnable hook = this::release;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat of a lease");
            thread.setDaemon(true);
            return thread;
          });
  private Owner owner;
  private ScheduledFuture<?> beating;
  private volatile boolean lost;

  private Lease(Leased leased, Owner owner, Consumer<String> say) {
    this.leased = leased;
    this.owner = owner;
    this.say = say;
  }

  /**
   * Takes a run. This waits if it is not certain that the former owner is dead.
   *
   * @param folder the folder of the run
   * @param say receives lines for the user
   * @throws InUseException if another program works on the run
   */
  public static Lease take(RunFolder folder, Consumer<String> say) throws IOException {
    return take(folder.leased(), say, TIMES);
  }

  /**
   * Takes the detector in use. This waits if it is not certain that the former owner is dead.
   *
   * @param models the folder of promoted detectors
   * @param say receives lines for the user
   * @throws InUseException if another program changes the detector in use
   */
  public static Lease take(ModelsFolder models, Consumer<String> say) throws IOException {
    return take(models.leased(), say, TIMES);
  }

  static Lease take(Leased leased, Consumer<String> say, Times times) throws IOException {
    Optional<Owner> former = ownerOnSecondSight(leased);
    if (former.isPresent()) {
      requireDead(leased, former.get(), say, times.lease());
    }
    Lease lease = new Lease(leased, Owner.here(), say);
    lease.begin(times.beat());
    return lease;
  }

  private static void requireDead(Leased leased, Owner former, Consumer<String> say, Duration lease)
      throws IOException {
    if (former.isKnownToHaveEnded()) {
      return;
    }
    say.accept(
        "%s belongs to %s; waiting up to %d s to see whether that process is still alive"
            .formatted(leased.title(), former.text(), lease.toSeconds()));
    long watched = 0;
    while (watched < lease.toNanos()) {
      long before = System.nanoTime();
      LockSupport.parkNanos(POLL.toNanos());
      // Only the time that this program was awake counts, because a suspended machine also silences
      // its watch.
      watched += Math.min(System.nanoTime() - before, 2 * POLL.toNanos());
      Optional<Owner> now = ownerOnSecondSight(leased);
      if (now.isEmpty()) {
        return;
      }
      if (!now.get().equals(former)) {
        throw inUse(leased, now.get());
      }
    }
  }

  private static InUseException inUse(Leased leased, Owner owner) {
    return new InUseException(
        "Cannot work on %s: %s works on it; wait for its end or stop it, %s"
            .formatted(leased.name(), owner.text(), leased.otherwise()));
  }

  /**
   * Looks several times before it decides that there is no owner, because a file that is being
   * replaced may be missing for a moment.
   */
  private static Optional<Owner> ownerOnSecondSight(Leased leased) throws IOException {
    Optional<Owner> found = Optional.empty();
    for (int look = 1; look <= LOOKS && found.isEmpty(); look++) {
      try {
        found = leased.owned();
      } catch (ChecksumException e) {
        // Hadoop writes the checksum of a local file a moment after the file. If the checksum never
        // follows, its writer was killed and owns nothing.
        found = Optional.empty();
      }
      if (found.isEmpty()) {
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
    return found;
  }

  /** Takes the folder. The hook comes first and waits for this, so that a stop leaves no owner. */
  private synchronized void begin(Duration beat) throws IOException {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
    boolean taken = false;
    try {
      leased.write(owner);
      taken = true;
    } finally {
      if (!taken && !ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
    }
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
      leased.write(owner);
    } catch (IOException | RuntimeException | Error e) {
      // Error, because a full local disk is an FSError, and a task that throws is not run again.
      say.accept("Cannot renew the hold on %s: %s".formatted(leased.name(), e.getMessage()));
    }
  }

  /** Whether {@code owner.json} still names this program. */
  synchronized boolean isHeld() throws IOException {
    lost = lost || leased.owned().filter(now -> now.id().equals(owner.id())).isEmpty();
    return !lost;
  }

  /**
   * Checks that this program still holds the folder, before it writes.
   *
   * @throws InUseException if another program has taken over the folder
   */
  void requireHeld() throws IOException {
    if (!isHeld()) {
      throw new InUseException(
          "Cannot go on with %s: %s has taken it over, because both began at once or this program did not renew its hold in time"
              .formatted(leased.name(), leased.owned().map(Owner::text).orElse("another program")));
    }
  }

  /** Releases the folder for other programs. */
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
        leased.delete();
      }
      lost = true;
    } catch (IOException | RuntimeException | FSError e) {
      say.accept("Cannot release %s: %s".formatted(leased.name(), e.getMessage()));
    }
  }
}
