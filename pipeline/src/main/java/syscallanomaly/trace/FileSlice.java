package syscallanomaly.trace;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import syscallanomaly.trace.file.TraceFile;

/**
 * Files that one task reads, in their order. No record, because Kryo (which Spark can be told to
 * use) cannot restore one.
 */
final class FileSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Keeps the description of a task well below the megabyte that Spark warns of. */
  private static final int MAX_FILES = 10_000;

  /** More tasks than this for each core wait for each other without anything gained. */
  private static final int WAVES = 4;

  private final String[] names;
  private final long[] bytes;

  private FileSlice(List<TraceFile> files) {
    names = files.stream().map(TraceFile::name).toArray(String[]::new);
    bytes = files.stream().mapToLong(TraceFile::bytes).toArray();
  }

  int size() {
    return names.length;
  }

  String name(int index) {
    return names[index];
  }

  /** Size of a file, or -1 where it is not known. */
  long bytes(int index) {
    return bytes[index];
  }

  /** Size of all files together, as far as known. */
  long knownBytes() {
    return Arrays.stream(bytes).filter(size -> size > 0).sum();
  }

  /**
   * Cuts a listing into slices of about equal cost, in order. As Spark packs files: the cost of a
   * file is its size and the cost of opening it, a slice costs no less than one opening, and there
   * are as many slices as cores or more. Otherwise than Spark: where it is the openings that ask
   * for more slices, and not the bytes, four for each core are enough.
   *
   * @param maxBytes bytes in a slice (spark.sql.files.maxPartitionBytes)
   * @param openCost bytes that could be read in the time that one opening takes
   *     (spark.sql.files.openCostInBytes)
   * @param cores number of tasks that run at a time
   */
  static List<FileSlice> cut(List<TraceFile> files, long maxBytes, long openCost, int cores) {
    double total = 0;
    for (TraceFile file : files) {
      total += (double) Math.max(0, file.bytes());
    }
    double cost = total + (double) files.size() * (double) openCost;
    double target =
        Math.min((double) maxBytes, Math.max(Math.max(1.0, (double) openCost), cost / cores));
    double slices =
        Math.max(total / (double) maxBytes, Math.min(cost / target, (double) WAVES * cores));
    double limit = cost / Math.max(1, Math.ceil(slices));

    List<FileSlice> cut = new ArrayList<>();
    double before = 0;
    int start = 0;
    for (int end = 1; end <= files.size(); end++) {
      double after = before + (double) (Math.max(0, files.get(end - 1).bytes()) + openCost);
      boolean last = end == files.size();
      boolean full = Math.floor(after / limit) > Math.floor(before / limit);
      if (last || full || end - start == MAX_FILES) {
        cut.add(new FileSlice(files.subList(start, end)));
        start = end;
      }
      before = after;
    }
    return cut;
  }
}
