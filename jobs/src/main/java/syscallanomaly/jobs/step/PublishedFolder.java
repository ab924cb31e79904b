package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.RunFolder;

/**
 * A folder of a run that one file publishes. Each write puts its files into a new folder below it.
 * The pointer file names that folder and is written last. So readers see either the former files or
 * the new ones, even on a file system that cannot rename folders atomically.
 */
final class PublishedFolder {
  private final RunFolder run;
  private final Path root;
  private final String pointer;

  /**
   * @param root the folder, in the folder of the run
   * @param pointer name of the pointer file
   */
  PublishedFolder(RunFolder run, Path root, String pointer) {
    this.run = run;
    this.root = root;
    this.pointer = pointer;
  }

  /** Writes files. */
  @FunctionalInterface
  interface Content {
    /**
     * Writes all files.
     *
     * @param name name of the new folder, see {@link PublishedFolder#folder}; it does not exist yet
     * @return the content of the pointer file, which names the new folder
     */
    byte[] write(String name) throws IOException;
  }

  /** The file that names the folder with the files. */
  Path pointer() {
    return new Path(root, pointer);
  }

  /** The folder of a name. */
  Path folder(String name) {
    return new Path(root, name);
  }

  /** Writes files, publishes them in place of the former ones, and deletes the former ones. */
  void replace(Content content) throws IOException {
    String name = UUID.randomUUID().toString();
    // A flag and not a catch, because Spark throws checked exceptions that its methods do not
    // declare.
    boolean published = false;
    try {
      run.writeAtomically(pointer(), content.write(name));
      published = true;
    } finally {
      if (!published) {
        run.delete(folder(name));
      }
    }
    deleteAllBut(name);
  }

  /** Deletes the folders of former files, including those that a killed writer left. */
  private void deleteAllBut(String name) throws IOException {
    for (Path folder : run.workspace().folders(root)) {
      if (!folder.getName().equals(name)) {
        run.delete(folder);
      }
    }
  }
}
