package syscallanomaly.jobs.benchmark.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures how many cores of the driver's machine other processes use from the making of this
 * object on. If a core is not free, two workers are hardly faster than one.
 */
final class OtherProcesses {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long started = System.nanoTime();
  private final long ownTimeBefore = SYSTEM.getProcessCpuTime();

  OtherProcesses() {
    // The next call tells the load since this one.
    SYSTEM.getCpuLoad();
  }

  /** Returns the average number of cores that other processes used; at least 0. */
  double busyCores() {
    return busyCores(
        SYSTEM.getCpuLoad(),
        Runtime.getRuntime().availableProcessors(),
        SYSTEM.getProcessCpuTime() - ownTimeBefore,
        System.nanoTime() - started);
  }

  /**
   * The busy cores of a machine that are not this process's own. Both are measured at slightly
   * different times, so that the difference may fall below 0, which counts as 0.
   *
   * @param load share of the machine's cores that were busy, 0..1
   * @param cores number of cores of the machine
   * @param ownNanos time of one core that this process took
   * @param nanos wall-clock time meanwhile, above 0
   */
  static double busyCores(double load, int cores, long ownNanos, long nanos) {
    return Math.max(0, load * cores - (double) ownNanos / nanos);
  }
}
