package syscallanomaly.trace;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import syscallanomaly.trace.file.TraceFile;

/**
 * The files that one task reads, in their order. This is no record because Kryo, which Spark can be
 * configured to use, cannot restore records.
 */
final class FileSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Most files in a slice. It keeps the description of a task well below the megabyte at which
   * Spark warns.
   */
  private static final int MAX_FILES = 10_000;

  /**
   * Most slices for each core where opening files is the larger cost. More tasks would only wait
   * for a core.
   */
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

  /** Size of a file in bytes, or -1 if it is not known. */
  long bytes(int index) {
    return bytes[index];
  }

  /** Sum of the known sizes of the files, in bytes. */
  long knownBytes() {
    return Arrays.stream(bytes).filter(size -> size > 0).sum();
  }

  /**
   * Cuts a listing into slices of about equal cost, in order.
   *
   * <p>The rule follows the way in which Spark packs files. The cost of a file is its size plus the
   * cost of opening it. A slice costs at least as much as one opening, and there are at least as
   * many slices as cores. This rule differs from Spark's in one point: if the openings and not the
   * bytes ask for more slices, it stops at four slices for each core.
   *
   * @param files the listed files
   * @param maxBytes most bytes in a slice, at least 1 (spark.sql.files.maxPartitionBytes)
   * @param openCost number of bytes that could be read in the time that one opening takes
   *     (spark.sql.files.openCostInBytes)
   * @param cores number of tasks that run in parallel, at least 1
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
