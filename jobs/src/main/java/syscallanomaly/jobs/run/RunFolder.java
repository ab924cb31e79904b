package syscallanomaly.jobs.run;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a run, {@code <workspace>/runs/<run-id>}. All paths are absolute URIs.
 *
 * <p>A step publishes its output with one file that it writes last, and it replaces only its own
 * output.
 */
public final class RunFolder {
  /** Name of the folder of the fitted detector in the folder of a run. */
  public static final String DETECTOR = "detector";

  private final Workspace workspace;
  private final Path root;
  private final Optional<Lease> lease;

  RunFolder(Workspace workspace, Path root) {
    this(workspace, root, Optional.empty());
  }

  private RunFolder(Workspace workspace, Path root, Optional<Lease> lease) {
    this.workspace = workspace;
    this.root = root;
    this.lease = lease;
  }

  /** Returns this folder with a guard: it takes files only while the given lease holds the run. */
  public RunFolder heldBy(Lease holder) {
    return new RunFolder(workspace, root, Optional.of(holder));
  }

  /**
   * Checks that no other program has taken over the run.
   *
   * @throws InUseException if one has
   */
  public void requireHeld() throws IOException {
    if (lease.isPresent()) {
      lease.get().requireHeld();
    }
  }

  /** Name of the run. */
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

  /** Configuration, input and state of the run: JSON. */
  public Path manifest() {
    return new Path(root, "manifest.json");
  }

  /** The vocabulary, which maps calls to indices: JSON. */
  public Path vocabulary() {
    return new Path(root, "vocabulary.json");
  }

  /**
   * Folder of the windows. Its {@code provenance.json} names the folder in it that holds the
   * windows as Parquet of integers.
   */
  public Path windows() {
    return new Path(root, "windows");
  }

  /**
   * Folder of the model of each epoch, as it was validated, and, until the training is over, of the
   * checkpoints from which it can continue.
   */
  public Path checkpoints() {
    return new Path(root, "checkpoints");
  }

  /**
   * The trained network: a plain DL4J model.
   *
   * @param file name of the file, which {@link #modelManifest} tells
   */
  public Path model(String file) {
    return new Path(root, file);
  }

  /** Name and provenance of the trained network: JSON. */
  public Path modelManifest() {
    return new Path(root, "model.json");
  }

  /**
   * Folder of the fitted detector. Its {@code detector.json} names the folder in it that holds all
   * other files.
   */
  public Path detector() {
    return new Path(root, DETECTOR);
  }

  /** Folder of the lists of rejected input, one for each step that reads traces. */
  public Path rejects() {
    return new Path(root, "rejects");
  }

  /** The input that a step rejected: one line of JSON for each file or trace, with the reason. */
  public Path rejects(StepName step) {
    return new Path(rejects(), step.label() + ".json");
  }

  /** The report: an HTML page. */
  public Path report() {
    return new Path(root, "report.html");
  }

  /** The result of a benchmark: JSON. */
  public Path benchmark() {
    return new Path(root, "benchmark.json");
  }

  /** The program that works on the run now: JSON. */
  Path owner() {
    return new Path(root, "owner.json");
  }

  /** What a program holds that works on the run. */
  Leased leased() {
    return new Leased(workspace, owner(), "run " + runId(), "or choose another run.id");
  }

  /** What the last promotion or rollback of this run decided: JSON. */
  public Path promotion() {
    return new Path(root, "promotion.json");
  }

  /** Stack trace of the last failure: text. */
  public Path failure() {
    return new Path(root, "failure.txt");
  }

  /** How the last job ended that was submitted to a cluster: JSON. */
  public Path outcome() {
    return new Path(root, "outcome.json");
  }

  /**
   * Writes a file as {@link Workspace#writeAtomically(Path, byte[])} does.
   *
   * @param path a file in this folder
   * @param content the whole content
   * @throws InUseException if another program has taken over the run
   */
  public void writeAtomically(Path path, byte[] content) throws IOException {
    requireHeld();
    workspace.writeAtomically(path, content);
  }

  /**
   * Deletes a file or folder if it exists.
   *
   * @param path a file or folder in this folder
   * @throws InUseException if another program has taken over the run
   */
  public void delete(Path path) throws IOException {
    requireHeld();
    workspace.delete(path);
  }

  /** Deletes unfinished files of programs that were killed. */
  public void deleteUnfinished() throws IOException {
    requireHeld();
    workspace.deleteUnfinished(root);
    workspace.deleteUnfinished(checkpoints());
  }

  /**
   * Writes a file as {@link Workspace#writeAtomically(Path, Workspace.Content)} does.
   *
   * @param path a file in this folder
   * @param content writes the content, which need not fit into memory
   * @throws InUseException if another program has taken over the run
   */
  public void writeAtomically(Path path, Workspace.Content content) throws IOException {
    requireHeld();
    workspace.writeAtomically(path, content);
  }

  /** Reads a file; empty if there is no such file. */
  public Optional<byte[]> read(Path path) throws IOException {
    return workspace.read(path);
  }
}
