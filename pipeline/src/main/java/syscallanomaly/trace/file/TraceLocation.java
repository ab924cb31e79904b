package syscallanomaly.trace.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.trace.UnusableInputException;

/**
 * Where a split lies, as the settings word it; nothing is looked up yet.
 *
 * @param top archive, or the root folder that {@code below} is relative to; empty: no root
 * @param below path inside the archive, or below the root folder; a glob is allowed
 */
public record TraceLocation(Split split, String top, String below, boolean archive) {
  private static final Pattern ARCHIVE = Pattern.compile("(?i)(.*?\\.zip)(?:!/*(.*))?");
  private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:.*");

  /**
   * The place of a split.
   *
   * @throws UnusableInputException when the settings name no place for the split
   */
  public static TraceLocation of(TraceSettings settings, Split split) {
    String location =
        settings
            .location(split)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        "Cannot read %s traces: the settings name no place for them"
                            .formatted(split.label())));
    if (settings.root().isEmpty() || ABSOLUTE.matcher(location).matches()) {
      return of(split, "", location);
    }
    Matcher root = ARCHIVE.matcher(settings.root());
    if (root.matches()) {
      String inside = root.group(2) == null ? "" : root.group(2) + "/";
      return new TraceLocation(split, root.group(1), inside + location, true);
    }
    return of(split, settings.root(), location);
  }

  private static TraceLocation of(Split split, String root, String location) {
    Matcher archive = ARCHIVE.matcher(location);
    if (archive.matches()) {
      String inside = archive.group(2) == null ? "" : archive.group(2);
      return new TraceLocation(split, join(root, archive.group(1)), inside, true);
    }
    return new TraceLocation(split, root, location, false);
  }

  /** The same place where {@code top} turns out to be a folder. */
  public TraceLocation asFolder() {
    return new TraceLocation(split, "", join(top, below), false);
  }

  public static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  static String join(String folder, String path) {
    if (folder.isEmpty() || path.isEmpty()) {
      return folder + path;
    }
    return folder.endsWith("/") ? folder + path : folder + "/" + path;
  }

  /** The error for this place: why it cannot be read. */
  public UnusableInputException unusable(String why) {
    return new UnusableInputException(message(why));
  }

  /** The error for this place, caused by an error of the file system. */
  public UnusableInputException unusable(Exception cause) {
    return new UnusableInputException(message(FileSystemRefusal.reason(cause)), cause);
  }

  private String message(String why) {
    return "Cannot read %s traces from %s: %s".formatted(split.label(), this, why);
  }

  @Override
  public String toString() {
    return archive && !below.isEmpty() ? top + "!/" + below : join(top, below);
  }
}
