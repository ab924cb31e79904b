package syscallanomaly.jobs.checkpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.train.TrainingCheckpoints;
import syscallanomaly.train.state.TrainingState;
import syscallanomaly.train.state.TrainingStateFormat;
import syscallanomaly.train.state.UnusableStateException;

/**
 * The points of a run's training from which it can go on, in {@code checkpoints/} beside the models
 * of its epochs. There are some only as long as the training is not over, and no more than two: if
 * the last one turns out to be damaged, the one before it serves.
 */
public final class Checkpoints implements TrainingCheckpoints {
  private static final int KEPT = 2;

  private final JobContext context;
  private final Provenance provenance;
  private final Path folder;
  private final long intervalNanos;
  private long keptAt = System.nanoTime();

  /**
   * @param provenance what decides the training now
   */
  public Checkpoints(JobContext context, Provenance provenance) {
    this.context = context;
    this.provenance = provenance;
    this.folder = context.folder().checkpoints();
    this.intervalNanos = context.configuration().checkpoints().interval().toNanos();
  }

  /** The last usable point; what comes after it is deleted. Says what cannot be used, and why. */
  @Override
  public Optional<TrainingState> latest() {
    try {
      List<CheckpointFile> newestFirst = states();
      for (CheckpointFile file : newestFirst) {
        Optional<TrainingState> state = usable(file);
        if (state.isPresent()) {
          delete(other -> other.compareTo(file) > 0);
          context.progress().say("train: goes on from " + file.path().getName());
          return state;
        }
      }
      if (!newestFirst.isEmpty()) {
        context.progress().say("train: no checkpoint can be used; training begins anew");
      }
      context.folder().workspace().delete(folder);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isDue() {
    return intervalNanos > 0 && System.nanoTime() - keptAt >= intervalNanos;
  }

  @Override
  public void keep(TrainingState state) {
    try {
      context
          .folder()
          .writeAtomically(
              CheckpointFile.ofState(folder, state).path(),
              TrainingStateFormat.write(state, provenance.values()));
      List<CheckpointFile> newestFirst = states();
      if (newestFirst.size() > KEPT) {
        CheckpointFile oldestKept = newestFirst.get(KEPT - 1);
        delete(file -> file.kind() == CheckpointFile.Kind.STATE && file.compareTo(oldestKept) < 0);
      }
      keptAt = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The results are in their places: nothing needs to go on any more. */
  public void trainingIsOver() throws IOException {
    delete(file -> file.kind() == CheckpointFile.Kind.STATE);
  }

  private Optional<TrainingState> usable(CheckpointFile file) throws IOException {
    RunFolder run = context.folder();
    String reason;
    try {
      byte[] bytes =
          run.read(file.path())
              .orElseThrow(() -> new FileNotFoundException(file.path().toString()));
      TrainingStateFormat.Content content = TrainingStateFormat.read(bytes);
      Optional<String> difference = new Provenance(content.madeWith()).differenceTo(provenance);
      if (difference.isEmpty()) {
        return Optional.of(content.state());
      }
      reason = "it was made with " + difference.get();
    } catch (UnusableStateException e) {
      reason = e.getMessage();
    } catch (ChecksumException e) {
      reason = "it is damaged: " + e.getMessage();
    }
    context.progress().say("Cannot go on from " + file.path() + ": " + reason);
    return Optional.empty();
  }

  private List<CheckpointFile> states() throws IOException {
    return files()
        .filter(file -> file.kind() == CheckpointFile.Kind.STATE)
        .sorted(Collections.reverseOrder())
        .toList();
  }

  private void delete(Predicate<CheckpointFile> which) throws IOException {
    for (CheckpointFile file : files().filter(which).toList()) {
      context.folder().workspace().delete(file.path());
    }
  }

  private Stream<CheckpointFile> files() throws IOException {
    return context.folder().workspace().files(folder).stream()
        .map(CheckpointFile::named)
        .flatMap(Optional::stream);
  }
}
