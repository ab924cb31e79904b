package syscallanomaly.trace;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.FutureDataInputStreamBuilder;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * Counts what driver and tasks of a local Spark ask of a Hadoop file system until this is closed.
 */
public final class FileSystemCalls implements AutoCloseable {
  private static final String COUNTED = "counted.impl";
  private static final Map<String, LongAdder> CALLS = new ConcurrentHashMap<>();

  private final Configuration hadoop;
  private final String scheme;

  private FileSystemCalls(Configuration hadoop, String scheme) {
    this.hadoop = hadoop;
    this.scheme = scheme;
  }

  /**
   * Counts from now on.
   *
   * @param hadoop of the Spark context; it travels to the tasks
   * @param scheme whose file systems are counted: {@code file}, {@code hdfs}, ...
   */
  public static FileSystemCalls count(Configuration hadoop, String scheme) throws IOException {
    hadoop.setClass(COUNTED, FileSystem.getFileSystemClass(scheme, hadoop), FileSystem.class);
    hadoop.setClass("fs." + scheme + ".impl", Counted.class, FileSystem.class);
    // Those in the cache do not count.
    hadoop.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    CALLS.clear();
    return new FileSystemCalls(hadoop, scheme);
  }

  /** Calls of a method, {@code open} for one, until now. */
  public long of(String method) {
    LongAdder calls = CALLS.get(method);
    return calls == null ? 0 : calls.sum();
  }

  @Override
  public void close() {
    hadoop.unset("fs." + scheme + ".impl");
    hadoop.unset("fs." + scheme + ".impl.disable.cache");
    hadoop.unset(COUNTED);
  }

  private static void called(String method) {
    CALLS.computeIfAbsent(method, name -> new LongAdder()).increment();
  }

  /** Hadoop makes one for each use. */
  public static final class Counted extends FilterFileSystem {
    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      fs = ReflectionUtils.newInstance(conf.getClass(COUNTED, null, FileSystem.class), conf);
      super.initialize(name, conf);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      called("getFileStatus");
      return super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      called("listStatus");
      return super.listStatus(path);
    }

    @Override
    public RemoteIterator<FileStatus> listStatusIterator(Path path) throws IOException {
      called("listStatusIterator");
      return super.listStatusIterator(path);
    }

    @Override
    public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path) throws IOException {
      called("listLocatedStatus");
      return super.listLocatedStatus(path);
    }

    @Override
    public FutureDataInputStreamBuilder openFile(Path path) throws IOException {
      called("open");
      return super.openFile(path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      called("open");
      return super.open(path, bufferSize);
    }
  }
}
