package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a run, {@code <workspace>/runs/<run-id>}. All paths are absolute URIs.
 *
 * <p>A step publishes last, with a single file, and replaces its own output only.
 */
public final class RunFolder {
  private final Workspace workspace;
  private final Path root;
  private final Optional<RunLease> lease;

  RunFolder(Workspace workspace, Path root) {
    this(workspace, root, Optional.empty());
  }

  private RunFolder(Workspace workspace, Path root, Optional<RunLease> lease) {
    this.workspace = workspace;
    this.root = root;
    this.lease = lease;
  }

  /** The same folder, which takes files only as long as the run is held. */
  public RunFolder heldBy(RunLease holder) {
    return new RunFolder(workspace, root, Optional.of(holder));
  }

  /**
   * Requires that no other program has taken the run over.
   *
   * @throws RunInUseException where one has
   */
  public void requireHeld() throws IOException {
    if (lease.isPresent()) {
      lease.get().requireHeld();
    }
  }

  /** The run's name. */
  public String runId() {
    return root.getName();
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** The workspace that holds the folder. */
  public Workspace workspace() {
    return workspace;
  }

  /** What was run, on what, and how far it came: JSON. */
  public Path manifest() {
    return new Path(root, "manifest.json");
  }

  /** Call to index: JSON. */
  public Path vocabulary() {
    return new Path(root, "vocabulary.json");
  }

  /** Folder of the windows: Parquet, integers, in the folder that its provenance.json names. */
  public Path windows() {
    return new Path(root, "windows");
  }

  /**
   * Folder of the models after each epoch and, as long as training is not over, of the points from
   * which it can go on.
   */
  public Path checkpoints() {
    return new Path(root, "checkpoints");
  }

  /** The trained network: a plain DL4J model. */
  public Path model() {
    return new Path(root, "model.zip");
  }

  /** Where the trained network comes from: JSON. */
  public Path modelManifest() {
    return new Path(root, "model.json");
  }

  /** Folder of the input that could not be used. */
  public Path rejects() {
    return new Path(root, "rejects");
  }

  /** The input that could not be used, a line of JSON a file: file and reason. */
  public Path rejectsFile() {
    return new Path(rejects(), "rejects.json");
  }

  /** The page that people look at. */
  public Path report() {
    return new Path(root, "report.html");
  }

  /** What a benchmark measured: JSON. */
  public Path benchmark() {
    return new Path(root, "benchmark.json");
  }

  /** Who works on the run now: JSON. */
  Path owner() {
    return new Path(root, "owner.json");
  }

  /** Details of the last failure that nobody foresaw: text. */
  public Path failure() {
    return new Path(root, "failure.txt");
  }

  /** How the last job that was submitted to a cluster ended: JSON. */
  public Path outcome() {
    return new Path(root, "outcome.json");
  }

  /**
   * {@link Workspace#writeAtomically}.
   *
   * @throws RunInUseException where another program has taken the run over
   */
  public void writeAtomically(Path path, byte[] content) throws IOException {
    requireHeld();
    workspace.writeAtomically(path, content);
  }

  /** Deletes what a program that was killed was about to write. */
  public void deleteUnfinished() throws IOException {
    requireHeld();
    workspace.deleteUnfinished(root);
    workspace.deleteUnfinished(checkpoints());
  }

  /** Likewise, with content that is not held in memory. */
  public void writeAtomically(Path path, Workspace.Content content) throws IOException {
    requireHeld();
    workspace.writeAtomically(path, content);
  }

  /** A file's content; empty where there is no such file. */
  public Optional<byte[]> read(Path path) throws IOException {
    try (FSDataInputStream in = workspace.files().open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
