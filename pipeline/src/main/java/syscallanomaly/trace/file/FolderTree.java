package syscallanomaly.trace.file;

import java.io.IOException;
import java.util.Optional;

/** What a listing asks of a file system. */
interface FolderTree {
  /**
   * Lists what lies below a folder, or returns empty if there is nothing of this name.
   *
   * @param place absolute or relative path, taken literally
   * @throws syscallanomaly.trace.UnusableInputException if it is no folder
   * @throws IOException if the file system refuses
   */
  Optional<TraceListing> folder(String place) throws IOException;

  /**
   * Lists the files that match a glob and what lies below the folders that match, or returns empty
   * if nothing matches.
   *
   * @throws IOException if the glob is not valid or the file system refuses
   */
  Optional<TraceListing> glob(String place) throws IOException;

  /**
   * Returns the only folder below {@code top}, if it holds nothing else that is not hidden, or
   * empty, also if there is no such folder.
   */
  Optional<String> onlyFolder(String top) throws IOException;

  /** Returns the part of a path that lies above the first glob. */
  static String withoutGlob(String place) {
    int slash = -1;
    for (int next = place.indexOf('/');
        next >= 0 && !TraceLocation.isGlob(place.substring(0, next));
        next = place.indexOf('/', next + 1)) {
      slash = next;
    }
    return slash < 0 ? "." : slash == 0 ? "/" : place.substring(0, slash);
  }
}
