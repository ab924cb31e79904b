package syscallanomaly.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.LockManager;

/**
 * Makes the programs of one machine commit one after another to the tables in a local folder.
 * Iceberg checks that the next version does not exist, and then renames a file to it. HDFS refuses
 * to rename over a file, but a local file system does not. Without the lock, a commit between check
 * and rename would be lost.
 */
public final class LocalCommitLock implements LockManager {
  private static final String NAME = ".commit-lock";

  /** Excludes the other threads of this process. A file lock belongs to the whole process. */
  private static final Semaphore IN_THIS_PROCESS = new Semaphore(1);

  private Path file;
  private volatile FileChannel held;
  private volatile String owner;

  @Override
  public void initialize(Map<String, String> properties) {
    String warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
    file = Path.of(new org.apache.hadoop.fs.Path(warehouse).toUri().getPath()).resolve(NAME);
  }

  /** Waits until no other commit is under way. */
  @Override
  public boolean acquire(String entityId, String ownerId) {
    IN_THIS_PROCESS.acquireUninterruptibly();
    FileChannel channel = null;
    try {
      Files.createDirectories(file.getParent());
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      held = channel;
      owner = ownerId;
      return true;
    } catch (IOException e) {
      close(channel);
      IN_THIS_PROCESS.release();
      throw new UncheckedIOException("Cannot lock " + file + " for a commit", e);
    }
  }

  @Override
  public boolean release(String entityId, String ownerId) {
    // Iceberg also releases locks that it failed to acquire.
    if (!ownerId.equals(owner)) {
      return false;
    }
    FileChannel channel = held;
    owner = null;
    held = null;
    // Closing the channel releases the lock.
    close(channel);
    IN_THIS_PROCESS.release();
    return true;
  }

  @Override
  public void close() {
    // A lock ends with its commit, or with the process.
  }

  private static void close(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot release the lock of a commit", e);
      }
    }
  }
}
