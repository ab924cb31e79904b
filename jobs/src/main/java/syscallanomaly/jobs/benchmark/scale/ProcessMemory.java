package syscallanomaly.jobs.benchmark.scale;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Measures the largest memory that this process uses from the making of this object on. With a
 * local master, the process is the driver and all workers; on a cluster, it is the driver.
 */
final class ProcessMemory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Text that makes Linux forget the largest size so far, see proc(5). */
  private static final String FORGET_LARGEST = "5";

  private static final String LARGEST = "VmHWM:";
  private static final long KIB = 1024;

  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private final NotificationListener listener = (notification, source) -> take(notification);
  private final List<NotificationEmitter> collectors = new ArrayList<>();
  private final boolean residentKnown;

  /** Age of the Java virtual machine in milliseconds when the measurement started. */
  private final long started;

  private long largestHeap;
  private long largestLive;
  private long collectionMillis;

  private ProcessMemory() {
    System.gc();
    residentKnown = forgetLargest();
    started = ManagementFactory.getRuntimeMXBean().getUptime();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      NotificationEmitter emitter = (NotificationEmitter) collector;
      emitter.addNotificationListener(listener, null, null);
      collectors.add(emitter);
    }
  }

  /** Starts a measurement, after a collection of garbage. */
  static ProcessMemory watch() {
    return new ProcessMemory();
  }

  /**
   * The largest values so far.
   *
   * @param heap heap in use right before a collection, in bytes, garbage included
   * @param live heap in use right after a collection, in bytes: what the program needs, and garbage
   *     that was not worth collecting yet
   * @param resident size of the whole process in memory, in bytes; 0 if the system does not tell
   * @param collectionSeconds time spent in collections
   */
  record Peak(long heap, long live, long resident, double collectionSeconds) {}

  /** Returns the largest values so far. */
  synchronized Peak peak() throws IOException {
    long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Peak(
        Math.max(largestHeap, now),
        largestLive,
        residentKnown ? largestResident() : 0,
        collectionMillis / 1e3);
  }

  private synchronized void take(Notification notification) {
    if (!notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    var collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo();
    // Java tells of collections a little after them.
    if (collection.getStartTime() < started) {
      return;
    }
    largestHeap = Math.max(largestHeap, heap(collection.getMemoryUsageBeforeGc()));
    largestLive = Math.max(largestLive, heap(collection.getMemoryUsageAfterGc()));
    collectionMillis += collection.getDuration();
  }

  private long heap(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private static boolean forgetLargest() {
    if (!Files.isWritable(CLEAR) || !Files.isReadable(STATUS)) {
      return false;
    }
    try {
      Files.writeString(CLEAR, FORGET_LARGEST);
      return true;
    } catch (IOException e) {
      // A container may show the file and refuse: then the size is not known.
      return false;
    }
  }

  private static long largestResident() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(LARGEST)) {
        return KIB * Long.parseLong(line.substring(LARGEST.length()).replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  @Override
  public void close() {
    for (NotificationEmitter collector : collectors) {
      try {
        collector.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("The listener was added when this was made", e);
      }
    }
  }
}
