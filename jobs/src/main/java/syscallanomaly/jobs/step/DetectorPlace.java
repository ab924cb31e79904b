package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.configuration.StartSettings;
import syscallanomaly.jobs.run.CurrentDetector;
import syscallanomaly.jobs.run.ModelsFolder;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.FileSystemRefusal;

/**
 * Finds the folder of the fitted detector that a user names: the folder itself, the folder of a
 * run, or the name of a run in the workspace. The first of these that holds a detector counts.
 * {@code current} and {@code models/current} stand for the detector in use in this workspace, and
 * the path of a file {@code models/current} for that of another workspace.
 *
 * @param workspace holds the runs that a name stands for
 * @param hadoop configuration of the Hadoop file systems
 */
record DetectorPlace(Workspace workspace, Configuration hadoop) {
  private static final String FILE = ModelsFolder.NAME + "/" + ModelsFolder.CURRENT;

  /**
   * Finds the folder that holds {@code detector.json}.
   *
   * @param named value of a key that names a detector, not empty
   * @throws UnusableInputException if there is none, or if a file system cannot be asked
   */
  Path find(String named) {
    try {
      Optional<Workspace> promotedIn = promotedIn(named);
      if (promotedIn.isPresent()) {
        return current(named, promotedIn.get().models());
      }
      List<Path> places = places(named);
      for (Path place : places) {
        Path file = new Path(place, DetectorManifest.FILE);
        if (file.getFileSystem(hadoop).exists(file)) {
          return place;
        }
      }
      throw new UnusableInputException(
          "Cannot use the detector %s: there is no %s in %s; name the folder of a detector or a run, or run the fit step first"
              .formatted(
                  named,
                  DetectorManifest.FILE,
                  String.join(" or ", places.stream().map(Path::toString).toList())));
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports an unusable URI as an IllegalArgumentException.
      throw new UnusableInputException(
          "Cannot use the detector %s: %s".formatted(named, FileSystemRefusal.reason(e)), e);
    }
  }

  /** The workspace whose detector in use is named; empty if another detector is. */
  private Optional<Workspace> promotedIn(String named) throws IOException {
    if (named.equals(StartSettings.CURRENT) || named.equals(FILE)) {
      return Optional.of(workspace);
    }
    if (!named.endsWith("/" + FILE)) {
      return Optional.empty();
    }
    Path file = new Path(named);
    return Optional.of(Workspace.at(file.getParent().getParent().toString(), hadoop));
  }

  private static Path current(String named, ModelsFolder models) throws IOException {
    Optional<CurrentDetector> current = models.current();
    if (current.isEmpty()) {
      throw new UnusableInputException(
          "Cannot use the detector %s: no detector was promoted yet, there is no %s; run the job promote first"
              .formatted(named, models.file()));
    }
    return models.folder(current.get().detector());
  }

  private List<Path> places(String named) {
    Path folder = new Path(named);
    Path ofRun = new Path(folder, RunFolder.DETECTOR);
    return named.contains("/")
        ? List.of(folder, ofRun)
        : List.of(folder, ofRun, workspace.run(named).detector());
  }
}
