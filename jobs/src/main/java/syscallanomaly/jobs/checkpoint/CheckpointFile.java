package syscallanomaly.jobs.checkpoint;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import syscallanomaly.train.state.TrainingState;

/**
 * A file in {@code checkpoints/}. It is the model of an epoch as it was validated, {@code
 * epoch-0001.zip}, or a state from which training can continue: {@code epoch-0001.state} after an
 * epoch, {@code epoch-0002-round-000040.state} within one.
 *
 * @param path the file
 * @param kind whether the file holds a model or a state
 * @param epochs number of complete epochs
 * @param rounds number of complete averaging rounds in the epoch that follows
 */
public record CheckpointFile(Path path, Kind kind, int epochs, int rounds)
    implements Comparable<CheckpointFile> {
  private static final Pattern NAME =
      Pattern.compile("epoch-(\\d{1,9})(?:-round-(\\d{1,9}))?\\.(zip|state)");
  private static final Comparator<CheckpointFile> BY_PLACE =
      Comparator.comparingInt(CheckpointFile::epochs).thenComparingInt(CheckpointFile::rounds);

  enum Kind {
    MODEL,
    STATE
  }

  /** Names the file for the model of an epoch. */
  public static CheckpointFile ofModel(Path folder, int epoch) {
    return new CheckpointFile(
        new Path(folder, "epoch-%04d.zip".formatted(epoch)), Kind.MODEL, epoch, 0);
  }

  static CheckpointFile ofState(Path folder, TrainingState state) {
    int epochs = state.epochs().size();
    String name =
        state.rounds() == 0
            ? "epoch-%04d.state".formatted(epochs)
            : "epoch-%04d-round-%06d.state".formatted(state.epoch(), state.rounds());
    return new CheckpointFile(new Path(folder, name), Kind.STATE, epochs, state.rounds());
  }

  /** Reads a file's name; empty if the file is no checkpoint file. */
  static Optional<CheckpointFile> named(Path path) {
    Matcher name = NAME.matcher(path.getName());
    if (!name.matches()) {
      return Optional.empty();
    }
    int epoch = Integer.parseInt(name.group(1));
    boolean within = name.group(2) != null;
    return Optional.of(
        new CheckpointFile(
            path,
            name.group(3).equals("zip") ? Kind.MODEL : Kind.STATE,
            within ? epoch - 1 : epoch,
            within ? Integer.parseInt(name.group(2)) : 0));
  }

  /** Orders files as training writes them. */
  @Override
  public int compareTo(CheckpointFile other) {
    return BY_PLACE.compare(this, other);
  }
}
