package syscallanomaly.trace;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.file.ArchivePart;
import syscallanomaly.trace.file.TraceFile;

/**
 * The files that one task reads, in their order. This is no record because Kryo, which Spark can be
 * configured to use, cannot restore records.
 */
final class FileSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Most files in a slice. */
  private static final int MAX_FILES = 10_000;

  /**
   * Most slices for each core where opening files is the larger cost. More tasks would only wait
   * for a core.
   */
  private static final int WAVES = 4;

  /**
   * Files that are opened in about the time that a task takes to start. Where opening files is the
   * larger cost, slices with fewer files repay only as long as cores would be idle.
   */
  private static final int FILES_WORTH_A_TASK = 256;

  /**
   * Most bytes that the files of a slice take to describe. A task carries them, and Spark warns at
   * 1,000 KiB.
   */
  private static final int MAX_DESCRIPTION = 800_000;

  /** Bytes that a file takes in a slice beside its name, at most. */
  private static final int NUMBERS = 4 * Long.BYTES + 2 * Integer.BYTES + 8;

  /** Stands for the header of a file that is no part of an archive. */
  private static final long NO_PART = Long.MIN_VALUE;

  private final String[] names;
  private final long[] bytes;
  private final long[] stamps;

  /** Positions of the local headers, or {@link #NO_PART}. */
  private final long[] headers;

  private final long[] packed;
  private final boolean[] deflated;

  /** Which of the archives a part belongs to, or -1 if the place is the archive. */
  private final int[] archives;

  private final String[] archiveNames;
  private final long[] archiveBytes;
  private final long[] archiveStamps;

  /** Reasons why files cannot be read, by index. */
  private final Map<Integer, String> refusals;

  private FileSlice(List<TraceFile> files) {
    boolean parts = files.stream().anyMatch(file -> file.part() != null);
    int count = files.size();
    names = new String[count];
    bytes = new long[count];
    stamps = new long[count];
    headers = new long[parts ? count : 0];
    packed = new long[headers.length];
    deflated = new boolean[headers.length];
    archives = new int[headers.length];
    refusals = new HashMap<>();
    Map<ArchiveFile, Integer> known = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      TraceFile file = files.get(i);
      names[i] = file.name();
      bytes[i] = file.bytes();
      stamps[i] = file.stamp();
      ArchivePart part = file.part();
      if (parts) {
        headers[i] = part == null ? NO_PART : part.header();
        packed[i] = part == null ? -1 : part.packed();
        deflated[i] = part != null && part.deflated();
        boolean inFolder = part != null && part.archive() != null;
        archives[i] = inFolder ? known.computeIfAbsent(part.archive(), zip -> known.size()) : -1;
      }
      if (file.refusal() != null) {
        refusals.put(i, file.refusal());
      }
    }
    archiveNames = known.keySet().stream().map(ArchiveFile::name).toArray(String[]::new);
    archiveBytes = known.keySet().stream().mapToLong(ArchiveFile::bytes).toArray();
    archiveStamps = known.keySet().stream().mapToLong(ArchiveFile::stamp).toArray();
  }

  int size() {
    return names.length;
  }

  /** A file as it was listed. */
  TraceFile file(int index) {
    ArchivePart part =
        headers.length == 0 || headers[index] == NO_PART
            ? null
            : new ArchivePart(
                archive(archives[index]), headers[index], packed[index], deflated[index]);
    return new TraceFile(names[index], bytes[index], stamps[index], part, refusals.get(index));
  }

  private ArchiveFile archive(int index) {
    return index < 0
        ? null
        : new ArchiveFile(archiveNames[index], archiveBytes[index], archiveStamps[index]);
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
   * bytes ask for more slices, it stops at four slices for each core, and at one for each 256 files
   * where that is still enough for the cores.
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
    double most =
        Math.max(
            cores, Math.min((double) WAVES * cores, files.size() / (double) FILES_WORTH_A_TASK));
    double slices = Math.max(total / (double) maxBytes, Math.min(cost / target, most));
    double limit = cost / Math.max(1, Math.ceil(slices));

    List<FileSlice> cut = new ArrayList<>();
    double before = 0;
    int start = 0;
    long described = 0;
    for (int end = 1; end <= files.size(); end++) {
      double after = before + (double) (Math.max(0, files.get(end - 1).bytes()) + openCost);
      boolean last = end == files.size();
      boolean full = Math.floor(after / limit) > Math.floor(before / limit);
      described += describedBytes(files.get(end - 1));
      if (last || full || end - start == MAX_FILES || described >= MAX_DESCRIPTION) {
        cut.add(new FileSlice(files.subList(start, end)));
        start = end;
        described = 0;
      }
      before = after;
    }
    return cut;
  }

  private static long describedBytes(TraceFile file) {
    ArchiveFile archive = file.part() == null ? null : file.part().archive();
    long zip = archive == null ? 0 : archive.name().length() + 2L * Long.BYTES;
    return file.name().length() + NUMBERS + zip;
  }
}
