package syscallanomaly.jobs.benchmark.scale;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
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
  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private final NotificationListener listener = (notification, source) -> take(notification);
  private final List<NotificationEmitter> collectors = new ArrayList<>();
  private final ResidentMemory resident;

  /** Age of the Java virtual machine in milliseconds when the measurement started. */
  private final long started;

  private long largestHeap;
  private long largestLive;
  private long collectionMillis;

  private ProcessMemory() {
    System.gc();
    resident = ResidentMemory.watch();
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
   * @param resident size of the process in memory
   * @param collectionSeconds time spent in collections
   */
  record Peak(long heap, long live, ResidentMemory.Peak resident, double collectionSeconds) {}

  /** Returns the largest values so far. */
  synchronized Peak peak() throws IOException {
    long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Peak(
        Math.max(largestHeap, now), largestLive, resident.peak(), collectionMillis / 1e3);
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

  @Override
  public void close() {
    resident.close();
    for (NotificationEmitter collector : collectors) {
      try {
        collector.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("The listener was added when this was made", e);
      }
    }
  }
}
