package syscallanomaly.trace.pattern;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * A part of a path that stands for names: a glob in Hadoop's syntax
 * (org.apache.hadoop.fs.FileSystem#globStatus) or a {@link NameRange}.
 */
public final class NamePattern {
  private final boolean hasPattern;
  private final Predicate<String> names;

  private NamePattern(boolean hasPattern, Predicate<String> names) {
    this.hasPattern = hasPattern;
    this.names = names;
  }

  /**
   * Reads a part of a path.
   *
   * @throws IOException if its glob or range is not valid
   */
  public static NamePattern of(String part) throws IOException {
    Optional<NameRange> range = NameRange.of(part);
    if (range.isPresent()) {
      return new NamePattern(true, range.get()::contains);
    }
    GlobFilter glob = new GlobFilter(part);
    return new NamePattern(glob.hasPattern(), name -> glob.accept(new Path("/" + name)));
  }

  /** Says whether the part may stand for other names than one. */
  public boolean hasPattern() {
    return hasPattern;
  }

  /** Says whether the part stands for a name. */
  public boolean matches(String name) {
    return names.test(name);
  }
}
