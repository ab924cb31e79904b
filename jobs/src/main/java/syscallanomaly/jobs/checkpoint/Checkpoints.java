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
 * The states from which a run's training can continue. They are in {@code checkpoints/}, next to
 * the models of the epochs. They exist only until the training is over, and there are at most two:
 * if the last one is damaged, training continues from the one before.
 */
public final class Checkpoints implements TrainingCheckpoints {
  private static final int KEPT = 2;

  private final JobContext context;
  private final Provenance provenance;
  private final Path folder;
  private final long intervalNanos;
  private long keptAt = System.nanoTime();

  /**
   * Opens the checkpoints of a run.
   *
   * @param context the run
   * @param provenance what determines the result of the training; a state made from anything else
   *     is not used
   */
  public Checkpoints(JobContext context, Provenance provenance) {
    this.context = context;
    this.provenance = provenance;
    this.folder = context.folder().checkpoints();
    this.intervalNanos = context.configuration().checkpoints().interval().toNanos();
  }

  /**
   * Returns the last usable state and deletes later files. Tells the user which states cannot be
   * used, and why.
   */
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
        context
            .progress()
            .say("train: no checkpoint can be used; training starts from the beginning");
      }
      context.folder().delete(folder);
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

  /** Deletes states and models. To be called when the training has come to nothing. */
  public void deleteAll() throws IOException {
    context.folder().delete(folder);
  }

  /** Deletes the states. To be called when the results of the training are in their places. */
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
      context.folder().delete(file.path());
    }
  }

  private Stream<CheckpointFile> files() throws IOException {
    return context.folder().workspace().files(folder).stream()
        .map(CheckpointFile::named)
        .flatMap(Optional::stream);
  }
}
