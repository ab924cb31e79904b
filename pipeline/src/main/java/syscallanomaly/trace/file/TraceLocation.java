package syscallanomaly.trace.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSettings;
import syscallanomaly.trace.UnusableInputException;

/**
 * The place of a split as the settings state it. No file system is asked yet.
 *
 * @param split split that lies there
 * @param top archive, or root folder that {@code below} is relative to; empty if there is no root
 * @param below path inside the archive, or below the root folder; it may be a glob
 * @param archive whether {@code top} names an archive
 */
public record TraceLocation(Split split, String top, String below, boolean archive) {
  private static final Pattern ARCHIVE = Pattern.compile("(?i)(.*?\\.zip)(?:!/*(.*))?");
  private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:.*");

  /**
   * Finds the place of a split in the settings.
   *
   * @throws UnusableInputException if the settings name no place for the split
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

  /**
   * The same place, read as a path of folders. It applies if {@code top} is a folder that is named
   * like an archive.
   */
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

  /** Makes the error that says why this place cannot be read. */
  public UnusableInputException unusable(String why) {
    return new UnusableInputException(message(why));
  }

  /** Makes the error that says which error of the file system prevents reading this place. */
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
