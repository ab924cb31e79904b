package syscallanomaly.trace.pattern;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The {@link NameRange}s of a path, which Hadoop does not know. */
public final class PathRanges {
  private final String glob;

  /** The range of each part, if it has one, from the last part back to the first that has one. */
  private final List<Optional<NameRange>> fromEnd;

  private PathRanges(String glob, List<Optional<NameRange>> fromEnd) {
    this.glob = glob;
    this.fromEnd = fromEnd;
  }

  /**
   * Reads the ranges of a path.
   *
   * @param path path or URI, in which no braces hold a slash
   * @throws IOException if a range is not valid
   */
  public static PathRanges of(String path) throws IOException {
    List<String> parts = new ArrayList<>();
    List<Optional<NameRange>> fromEnd = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      Optional<NameRange> range = NameRange.of(part);
      parts.add(range.isPresent() ? "*" : part);
      boolean isName = !part.isEmpty() && !part.equals(".");
      if (isName && (range.isPresent() || !fromEnd.isEmpty())) {
        fromEnd.add(0, range);
      }
    }
    return new PathRanges(String.join("/", parts), fromEnd);
  }

  /** The path as a glob of Hadoop, which a range does not limit. */
  public String glob() {
    return glob;
  }

  /** Says whether a path that matches {@link #glob} lies in all ranges. */
  public boolean accept(Path path) {
    Path part = path;
    for (Optional<NameRange> range : fromEnd) {
      if (range.isPresent() && !range.get().contains(part.getName())) {
        return false;
      }
      part = part.getParent();
    }
    return true;
  }
}
