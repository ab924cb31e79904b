package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.Workspace;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.FileSystemRefusal;

/**
 * Finds the folder of the fitted detector that a user names: the folder itself, the folder of a
 * run, or the name of a run in the workspace. The first of these that holds a detector counts.
 *
 * @param workspace holds the runs that a name stands for
 * @param hadoop configuration of the Hadoop file systems
 */
record DetectorPlace(Workspace workspace, Configuration hadoop) {

  /**
   * Finds the folder that holds {@code detector.json}.
   *
   * @param named value of the key {@code detector}, not empty
   * @throws UnusableInputException if there is none, or if a file system cannot be asked
   */
  Path find(String named) {
    try {
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

  private List<Path> places(String named) {
    Path folder = new Path(named);
    Path ofRun = new Path(folder, RunFolder.DETECTOR);
    return named.contains("/")
        ? List.of(folder, ofRun)
        : List.of(folder, ofRun, workspace.run(named).detector());
  }
}
