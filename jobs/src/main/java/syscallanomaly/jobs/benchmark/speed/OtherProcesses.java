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
    double own =
        (double) (SYSTEM.getProcessCpuTime() - ownTimeBefore) / (System.nanoTime() - started);
    return Math.max(0, SYSTEM.getCpuLoad() * Runtime.getRuntime().availableProcessors() - own);
  }
}
