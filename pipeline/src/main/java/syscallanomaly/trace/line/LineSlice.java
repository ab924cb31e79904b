package syscallanomaly.trace.line;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.input.ClassLoaderObjectInputStream;
import org.apache.commons.lang3.SerializationException;
import org.apache.commons.lang3.SerializationUtils;
import syscallanomaly.trace.file.TraceFile;

/**
 * The pieces of files that one task reads, in their order. They are kept as bytes because Kryo,
 * which Spark can be configured to use, cannot restore records.
 */
final class LineSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Most pieces in a slice: a task carries them, and Spark warns at 1,000 KiB. */
  private static final int MOST_PIECES = 4_000;

  private final byte[] ranges;

  private LineSlice(List<LineRange> ranges) {
    this.ranges = SerializationUtils.serialize(new ArrayList<>(ranges));
  }

  List<LineRange> ranges() {
    // The class path of Spark, which SerializationUtils is on, has no classes of this program.
    try (ObjectInputStream in =
        new ClassLoaderObjectInputStream(
            LineSlice.class.getClassLoader(), new ByteArrayInputStream(ranges))) {
      @SuppressWarnings("unchecked")
      List<LineRange> read = (List<LineRange>) in.readObject();
      return read;
    } catch (IOException | ClassNotFoundException e) {
      throw new SerializationException(e);
    }
  }

  /**
   * Cuts a listing into slices of about equal cost, in order. Files that are not packed are cut
   * into pieces. The cost of a piece is its size plus that of opening it, as in Spark's own file
   * sources.
   *
   * @param files the listed files
   * @param labels files with labels, by the names of the files that they belong to
   * @param maxBytes most bytes in a slice, at least 1 (spark.sql.files.maxPartitionBytes)
   * @param openCost number of bytes that could be read in the time that one opening takes
   *     (spark.sql.files.openCostInBytes)
   * @param cores number of tasks that run in parallel, at least 1
   */
  static List<LineSlice> cut(
      List<TraceFile> files,
      Map<String, TraceFile> labels,
      long maxBytes,
      long openCost,
      int cores) {
    double total = 0;
    for (TraceFile file : files) {
      total += (double) Math.max(0, file.bytes()) + (double) openCost;
    }
    long most =
        (long) Math.max(1, Math.min((double) maxBytes, Math.max((double) openCost, total / cores)));
    List<LineSlice> slices = new ArrayList<>();
    List<LineRange> pieces = new ArrayList<>();
    long cost = 0;
    for (TraceFile file : files) {
      for (LineRange piece : pieces(file, labels.get(file.name()), most)) {
        if (!pieces.isEmpty() && (cost + piece.bytes() > most || pieces.size() == MOST_PIECES)) {
          slices.add(new LineSlice(pieces));
          pieces = new ArrayList<>();
          cost = 0;
        }
        pieces.add(piece);
        cost += piece.bytes() + openCost;
      }
    }
    if (!pieces.isEmpty()) {
      slices.add(new LineSlice(pieces));
    }
    return slices;
  }

  private static List<LineRange> pieces(TraceFile file, TraceFile labels, long most) {
    // The entry of an archive can be read from its start only.
    if (file.part() != null || file.bytes() <= most || Packing.of(file.name()) != Packing.NONE) {
      return List.of(new LineRange(file, 0, Long.MAX_VALUE, labels));
    }
    List<LineRange> pieces = new ArrayList<>();
    for (long start = 0; start < file.bytes(); start += most) {
      boolean last = file.bytes() - start <= most;
      // A file that has grown since it was listed is read to its present end.
      pieces.add(new LineRange(file, start, last ? Long.MAX_VALUE : start + most, labels));
    }
    return pieces;
  }
}
