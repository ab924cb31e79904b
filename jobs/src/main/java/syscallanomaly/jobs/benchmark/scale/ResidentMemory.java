package syscallanomaly.jobs.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The largest size of this process in memory, from the making of this object on, on Linux. Other
 * systems do not tell: all sizes are 0.
 *
 * <p>A page in memory is either anonymous (Java's heap, arrays of native code) or a copy of a part
 * of a mapped file (libraries, class archives, blocks that Spark maps). The system can drop pages
 * of files whenever it needs the room. It keeps the largest sum of both, and nothing of their
 * shares, which are therefore read every {@value #MILLIS_BETWEEN} milliseconds.
 */
final class ResidentMemory implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Text that makes Linux forget the largest size so far, see proc(5). */
  private static final String FORGET_LARGEST = "5";

  private static final String LARGEST = "VmHWM:";
  private static final String ANONYMOUS = "RssAnon:";
  private static final String OF_FILES = "RssFile:";
  private static final int MILLIS_BETWEEN = 250;

  /** Most readings to wait for memory that Java returns. */
  private static final int MOST_READINGS = 40;

  /** A process that shrinks by less than this in a reading's time returns no more memory. */
  private static final long LEAST_RETURNED = 1 << 20;

  private static final long KIB = 1024;

  private final boolean known;
  private final Timer reader = new Timer("resident memory", /* isDaemon= */ true);
  private long anonymous;
  private long ofFiles;

  private ResidentMemory() {
    awaitReturned();
    known = forgetLargest();
    if (known) {
      reader.schedule(
          new TimerTask() {
            @Override
            public void run() {
              read();
            }
          },
          0,
          MILLIS_BETWEEN);
    }
  }

  /** Starts a measurement, when Java has returned what a collection has freed. */
  static ResidentMemory watch() {
    return new ResidentMemory();
  }

  /**
   * The largest sizes so far, in bytes. They need not have been reached at the same time.
   *
   * @param all whole process in memory
   * @param anonymous pages that belong to no file
   * @param ofFiles pages of mapped files
   */
  record Peak(long all, long anonymous, long ofFiles) {}

  /** Returns the largest sizes so far. */
  synchronized Peak peak() throws IOException {
    if (!known) {
      return new Peak(0, 0, 0);
    }
    List<String> status = Files.readAllLines(STATUS);
    take(status);
    return new Peak(bytes(status, LARGEST), anonymous, ofFiles);
  }

  private synchronized void read() {
    try {
      take(Files.readAllLines(STATUS));
    } catch (IOException e) {
      // The next reading may succeed. If none does, peak() says why.
    }
  }

  private void take(List<String> status) {
    anonymous = Math.max(anonymous, bytes(status, ANONYMOUS));
    ofFiles = Math.max(ofFiles, bytes(status, OF_FILES));
  }

  /**
   * Waits until Java has returned the memory that a collection freed. It does so in the background,
   * and what was not returned yet would count as memory of what is measured next.
   */
  private static void awaitReturned() {
    try {
      long before = Long.MAX_VALUE;
      for (int reading = 0; reading < MOST_READINGS && Files.isReadable(STATUS); reading++) {
        long now = bytes(Files.readAllLines(STATUS), ANONYMOUS);
        if (before - now < LEAST_RETURNED) {
          return;
        }
        before = now;
        Thread.sleep(MILLIS_BETWEEN);
      }
    } catch (IOException e) {
      // Then the sizes are not known either.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long bytes(List<String> status, String name) {
    for (String line : status) {
      if (line.startsWith(name)) {
        return KIB * Long.parseLong(line.substring(name.length()).replaceAll("\\D", ""));
      }
    }
    return 0;
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

  @Override
  public void close() {
    reader.cancel();
  }
}
