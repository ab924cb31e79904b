package syscallanomaly.jobs.benchmark.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the other processes of the driver's machine take of its cores from the making of this on:
 * with a core that is not free, two workers are hardly faster than one.
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

  /** Cores that they kept busy, on average; at least 0. */
  double busyCores() {
    double own =
        (double) (SYSTEM.getProcessCpuTime() - ownTimeBefore) / (System.nanoTime() - started);
    return Math.max(0, SYSTEM.getCpuLoad() * Runtime.getRuntime().availableProcessors() - own);
  }
}
