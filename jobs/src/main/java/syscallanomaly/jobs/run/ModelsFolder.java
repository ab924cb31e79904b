package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.trace.UnusableInputException;

/**
 * The folder of promoted detectors, {@code <workspace>/models}. Each has a folder of its own there,
 * because fitting the run again replaces the folder of the run. The file {@code current} names the
 * one in use; it is written last, and replaced as a whole.
 */
public final class ModelsFolder {
  /** Name of the folder in the workspace. */
  public static final String NAME = "models";

  /** Name of the file that names the detector in use. */
  public static final String CURRENT = "current";

  private static final int DIGITS = 12;

  private final Workspace workspace;
  private final Path root;
  private final Optional<Lease> lease;

  ModelsFolder(Workspace workspace) {
    this(workspace, Optional.empty());
  }

  private ModelsFolder(Workspace workspace, Optional<Lease> lease) {
    this.workspace = workspace;
    this.root = new Path(workspace.root(), NAME);
    this.lease = lease;
  }

  /** Returns this folder with a guard: it changes only while the given lease holds it. */
  public ModelsFolder heldBy(Lease holder) {
    return new ModelsFolder(workspace, Optional.of(holder));
  }

  /** What a program holds that changes the detector in use. */
  Leased leased() {
    return new Leased(
        workspace,
        new Path(root, "owner.json"),
        "the detector in use",
        "and give the same command again");
  }

  /**
   * Checks that no other program has taken over the folder.
   *
   * @throws InUseException if one has
   */
  public void requireHeld() throws IOException {
    if (lease.isPresent()) {
      lease.get().requireHeld();
    }
  }

  /** The file that names the detector in use. */
  public Path file() {
    return new Path(root, CURRENT);
  }

  /**
   * Reads which detector is in use; empty if none was promoted yet.
   *
   * @throws UnusableInputException if the file is damaged, or has another format version
   */
  public Optional<CurrentDetector> current() throws IOException {
    return read(file()).map(json -> CurrentDetector.fromJson(json, file().toString()));
  }

  /**
   * The folder of a promoted detector, after a look at its {@code detector.json}.
   *
   * @throws UnusableInputException if that file is missing, or another one than was promoted
   */
  public Path folder(CurrentDetector.Promoted promoted) throws IOException {
    Path folder = new Path(workspace.root(), promoted.folder());
    Optional<byte[]> json = read(new Path(folder, DetectorManifest.FILE));
    if (json.isEmpty()) {
      throw unusable(folder, "is missing, or has no " + DetectorManifest.FILE);
    }
    if (!DigestUtils.sha256Hex(json.get()).equals(promoted.hash())) {
      throw unusable(folder, "has another %s than was promoted".formatted(DetectorManifest.FILE));
    }
    return folder;
  }

  private UnusableInputException unusable(Path folder, String why) {
    return new UnusableInputException(
        "Cannot use the detector %s, which %s names: the folder %s; put it back, go back with the job rollback, or delete %s and promote a run again"
            .formatted(folder, file(), why, file()));
  }

  /** Copies a detector. */
  public interface Copy {
    /**
     * Copies all files of the detector but its {@code detector.json}.
     *
     * @param target the folder to copy to; it does not exist yet
     */
    void copyTo(Path target) throws IOException;

    /** Says whether a folder holds all files of the detector, as they were fitted. */
    boolean isIn(Path target) throws IOException;
  }

  /**
   * Copies a detector, which is not in use by that. Its {@code detector.json} is written last.
   *
   * @param run name of the run that fitted it
   * @param detectorJson content of its {@code detector.json}
   * @param at when it is promoted
   * @param copy copies its other files
   * @return what will name the copy
   * @throws InUseException if another program has taken over the folder
   */
  public CurrentDetector.Promoted copy(String run, byte[] detectorJson, String at, Copy copy)
      throws IOException {
    String hash = DigestUtils.sha256Hex(detectorJson);
    String folder = NAME + "/" + run + "-" + hash.substring(0, DIGITS);
    Path target = new Path(workspace.root(), folder);
    boolean isNamed = current().filter(now -> now.names(folder)).isPresent();
    if (!isNamed || !copy.isIn(target)) {
      requireHeld();
      // A killed program may have left a part of a copy.
      workspace.delete(target);
      copy.copyTo(target);
      requireHeld();
      workspace.writeAtomically(new Path(target, DetectorManifest.FILE), detectorJson);
    }
    return new CurrentDetector.Promoted(folder, run, hash, at);
  }

  /**
   * Puts a copied detector into use. A program that is killed at any time leaves the former one in
   * use, or the new one.
   *
   * @param promoted what {@link #copy} returned
   * @param keep number of detectors to keep, with this one, at least 1
   * @return what names it now
   * @throws InUseException if another program has taken over the folder
   */
  public CurrentDetector promote(CurrentDetector.Promoted promoted, int keep) throws IOException {
    return publish(CurrentDetector.promoting(promoted, current(), keep));
  }

  /**
   * Puts the detector into use again that was in use before this one.
   *
   * @param current what names the one in use; it has a history
   * @param by run.id of the job
   * @param at when it goes back
   * @throws InUseException if another program has taken over the folder
   */
  public CurrentDetector rollBack(CurrentDetector current, String by, String at)
      throws IOException {
    return publish(current.rolledBack(by, at));
  }

  private CurrentDetector publish(CurrentDetector now) throws IOException {
    requireHeld();
    workspace.writeAtomically(file(), now.toJson());
    return now;
  }

  /**
   * Deletes the folders of detectors that are no longer named, and what killed programs have left.
   *
   * @throws InUseException if another program has taken over the folder
   */
  public void deleteUnnamed(CurrentDetector now) throws IOException {
    requireHeld();
    workspace.deleteUnfinished(root);
    for (Path folder : workspace.folders(root)) {
      if (!now.names(NAME + "/" + folder.getName())) {
        requireHeld();
        workspace.delete(folder);
      }
    }
  }

  private Optional<byte[]> read(Path path) throws IOException {
    try (FSDataInputStream in = workspace.files().open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
