package syscallanomaly.train.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.model.PredictionTotals;
import syscallanomaly.model.TimeBreakdown;
import syscallanomaly.train.EpochResult;

/**
 * The file format of a {@link TrainingState}.
 *
 * <p>A first line of text names the format, its version and the SHA-256 of all that follows. Five
 * parts follow: numbers and results as JSON, parameters, updater state, best parameters, and sum of
 * parameters. Before each part stands its length in bytes, a 32-bit integer with the highest byte
 * first. The arrays are single precision in the byte order that the JSON names. The SHA-256 is
 * checked before any part is read.
 */
public final class TrainingStateFormat {
  private static final int VERSION = 2;
  private static final String NAME = "syscall-anomaly training state ";
  private static final int LONGEST_FIRST_LINE = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingStateFormat() {}

  /**
   * The content of a file.
   *
   * @param madeWith what decided the training, by name
   * @param state state of the training
   */
  public record Content(SortedMap<String, String> madeWith, TrainingState state) {}

  /** The JSON part of a file, which holds everything except the arrays. */
  private record Head(
      SortedMap<String, String> madeWith,
      String byteOrder,
      int iterations,
      List<EpochResult> epochs,
      List<TimeBreakdown> times,
      int rounds,
      PredictionTotals totals,
      TimeBreakdown time,
      double seconds,
      int averaged) {}

  /**
   * Writes a state as the bytes of a file.
   *
   * @param state state of the training
   * @param madeWith what decides the training, by name; it is compared before the training goes on
   */
  public static byte[] write(TrainingState state, SortedMap<String, String> madeWith) {
    EpochInProgress progress = state.inProgress();
    NetworkState network = state.network();
    Head head =
        new Head(
            new TreeMap<>(madeWith),
            ByteOrder.nativeOrder().toString(),
            network.iterations(),
            state.epochs(),
            state.times(),
            progress.rounds(),
            progress.totals(),
            progress.time(),
            progress.seconds(),
            progress.averaged());
    byte[] parts =
        parts(
            json(head),
            network.parameters(),
            network.updaterState(),
            state.best(),
            progress.parameterSum());
    byte[] line =
        (NAME + VERSION + " " + DigestUtils.sha256Hex(parts) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(line, line.length + parts.length);
    System.arraycopy(parts, 0, file, line.length, parts.length);
    return file;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UnusableStateException if the file is damaged, or of another version of the format
   */
  public static Content read(byte[] file) throws UnusableStateException {
    int end = firstLineEnd(file);
    String line = new String(file, 0, end, StandardCharsets.US_ASCII);
    String expected = NAME + VERSION + " ";
    if (!line.startsWith(NAME)) {
      throw new UnusableStateException("it is damaged: its first line names no training state");
    }
    if (!line.startsWith(expected)) {
      throw new UnusableStateException(
          "it has another version of the format (%s, this program's is %d)"
              .formatted(line.substring(NAME.length()).split(" ", 2)[0], VERSION));
    }
    byte[] parts = Arrays.copyOfRange(file, end + 1, file.length);
    if (!line.substring(expected.length()).equals(DigestUtils.sha256Hex(parts))) {
      throw new UnusableStateException("it is damaged: its SHA-256 is not the one that it names");
    }
    return content(parts);
  }

  private static Content content(byte[] parts) throws UnusableStateException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(parts))) {
      Head head = JSON.readValue(part(in), Head.class);
      if (!head.byteOrder().equals(ByteOrder.nativeOrder().toString())) {
        throw new UnusableStateException(
            "it was written on a machine with another byte order (%s)".formatted(head.byteOrder()));
      }
      NetworkState network = new NetworkState(part(in), part(in), head.iterations());
      byte[] best = part(in);
      return new Content(
          head.madeWith(),
          new TrainingState(
              head.epochs(),
              head.times(),
              best,
              network,
              new EpochInProgress(
                  head.rounds(),
                  head.totals(),
                  head.time(),
                  head.seconds(),
                  head.averaged(),
                  part(in))));
    } catch (IOException e) {
      throw new UnusableStateException("it is damaged: " + e.getMessage(), e);
    }
  }

  private static int firstLineEnd(byte[] file) throws UnusableStateException {
    for (int i = 0; i < Math.min(file.length, LONGEST_FIRST_LINE); i++) {
      if (file[i] == '\n') {
        return i;
      }
    }
    throw new UnusableStateException("it is damaged: it has no first line");
  }

  private static byte[] parts(byte[]... parts) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes)) {
      for (byte[] part : parts) {
        out.writeInt(part.length);
        out.write(part);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] part = in.readNBytes(length);
    if (part.length < length) {
      throw new IOException("a part of %d bytes has %d".formatted(length, part.length));
    }
    return part;
  }

  private static byte[] json(Head head) {
    try {
      return JSON.writeValueAsBytes(head);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the state of a training as JSON", e);
    }
  }
}
