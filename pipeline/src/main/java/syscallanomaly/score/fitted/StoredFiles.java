package syscallanomaly.score.fitted;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.Tuple3;
import syscallanomaly.trace.UnusableInputException;

/**
 * Lists, checks and copies the files of a fitted detector. The workers read them, several at a
 * time.
 */
final class StoredFiles {
  /** In place of a digest: the file system has found the content damaged. */
  private static final String DAMAGED = "";

  /** In place of a digest: there is no such file. */
  private static final String MISSING = "missing";

  private static final String CHANGED =
      "the file was changed or damaged (its SHA-256 is another one)";

  private final SparkSession spark;
  private final Path root;

  /**
   * @param root folder of the detector
   */
  StoredFiles(SparkSession spark, Path root) {
    this.spark = spark;
    // A path that was made of a URI may end with a slash; one that is made of a text does not.
    this.root = new Path(root.toString());
  }

  /**
   * All files in a folder of the detector, by path.
   *
   * @param folder name of a folder directly below the detector's
   */
  List<StoredFile> list(String folder) throws IOException {
    List<StoredFile> files =
        digested(found(folder).values().stream().map(FileStatus::getPath).toList());
    for (StoredFile file : files) {
      if (file.sha256().equals(DAMAGED)) {
        throw new IOException(
            "Cannot keep the detector %s: %s was damaged while it was written"
                .formatted(root, file.path()));
      }
    }
    return files;
  }

  /**
   * Checks that files are there, each with the size and the content that it had when it was listed.
   *
   * @param folder name of the folder directly below the detector's that holds them
   * @param expected files as {@link #list} returned them
   * @throws UnusableInputException if one is missing or was changed; the message names it
   */
  void verify(String folder, List<StoredFile> expected) throws IOException {
    Map<String, FileStatus> found = found(folder);
    for (StoredFile file : expected) {
      FileStatus status = found.get(file.path());
      if (status == null) {
        throw unusable(file, "the file is missing");
      }
      if (status.getLen() != file.bytes()) {
        throw unusable(
            file,
            "the file has %d bytes, its detector.json says %d"
                .formatted(status.getLen(), file.bytes()));
      }
    }
    Map<String, String> digests = new HashMap<>();
    digested(expected.stream().map(file -> new Path(root, file.path())).toList())
        .forEach(file -> digests.put(file.path(), file.sha256()));
    for (StoredFile file : expected) {
      if (!file.sha256().equals(digests.get(file.path()))) {
        throw unusable(file, CHANGED);
      }
    }
  }

  /**
   * Copies files, each under its own path. The workers copy several at a time, and check what they
   * read.
   *
   * @param target folder of the copy
   * @param files files as {@link #list} returned them
   * @throws UnusableInputException if one is missing or was changed; the message names it
   */
  void copyTo(Path target, List<StoredFile> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String from = root.toString();
    String to = target.toString();
    int tasks = Math.min(files.size(), spark.sparkContext().defaultParallelism());
    Map<String, String> copied = new HashMap<>();
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(files.stream().map(StoredFile::path).toList(), tasks)
        .map(path -> new Tuple2<>(path, copied(from, to, path, configuration)))
        .collect()
        .forEach(file -> copied.put(file._1(), file._2()));
    for (StoredFile file : files) {
      if (copied.get(file.path()).equals(MISSING)) {
        throw unusable(file, "the file is missing");
      }
      if (!file.sha256().equals(copied.get(file.path()))) {
        throw unusable(file, CHANGED);
      }
    }
  }

  /** The digest of what was read and written. */
  private static String copied(
      String from, String to, String path, SerializableConfiguration configuration)
      throws IOException {
    Path source = new Path(from, path);
    Path target = new Path(to, path);
    try (InputStream in = source.getFileSystem(configuration.value()).open(source);
        DigestInputStream digested = new DigestInputStream(in, DigestUtils.getSha256Digest());
        OutputStream out =
            target.getFileSystem(configuration.value()).create(target, /* overwrite= */ true)) {
      digested.transferTo(out);
      return Hex.encodeHexString(digested.getMessageDigest().digest());
    } catch (FileNotFoundException e) {
      return MISSING;
    } catch (ChecksumException e) {
      return DAMAGED;
    }
  }

  private UnusableInputException unusable(StoredFile file, String why) {
    return new UnusableInputException(
        "Cannot use the detector %s: %s: %s; copy the whole folder again, or run the fit step again"
            .formatted(root, file.path(), why));
  }

  private Map<String, FileStatus> found(String folder) throws IOException {
    FileSystem files = root.getFileSystem(spark.sparkContext().hadoopConfiguration());
    Map<String, FileStatus> found = new HashMap<>();
    Path below = new Path(root, folder);
    if (!files.exists(below)) {
      return found;
    }
    RemoteIterator<LocatedFileStatus> listing = files.listFiles(below, true);
    while (listing.hasNext()) {
      FileStatus file = listing.next();
      // Checksum files that a local file system keeps beside each file start with a dot.
      if (!file.getPath().getName().startsWith(".")) {
        found.put(relative(root.toUri().getPath(), file.getPath()), file);
      }
    }
    return found;
  }

  private List<StoredFile> digested(List<Path> paths) {
    if (paths.isEmpty()) {
      return List.of();
    }
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String base = root.toUri().getPath();
    int tasks = Math.min(paths.size(), spark.sparkContext().defaultParallelism());
    // Tuples, because Kryo cannot send records.
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(paths.stream().map(Path::toString).toList(), tasks)
        .map(path -> digested(new Path(path), base, configuration))
        .collect()
        .stream()
        .map(file -> new StoredFile(file._1(), file._2(), file._3()))
        .sorted(Comparator.comparing(StoredFile::path))
        .toList();
  }

  private static Tuple3<String, Long, String> digested(
      Path path, String base, SerializableConfiguration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration.value());
    try (InputStream in = files.open(path)) {
      return new Tuple3<>(relative(base, path), files.getFileStatus(path).getLen(), sha256(in));
    }
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      return DigestUtils.sha256Hex(in);
    } catch (ChecksumException e) {
      // Hadoop has seen that the content is another one than was written. Spark would retry a
      // failure of the task in vain, and not name the detector.
      return DAMAGED;
    }
  }

  private static String relative(String base, Path path) {
    return path.toUri().getPath().substring(base.length() + 1);
  }
}
