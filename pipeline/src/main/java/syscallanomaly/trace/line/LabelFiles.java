package syscallanomaly.trace.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import syscallanomaly.trace.VisibleText;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.label.LabelRule;
import syscallanomaly.trace.label.RecordingLabel;

/**
 * The files with labels that lie beside recordings.
 *
 * @param byRecording the file of each recording that has one, by the recording's name
 * @param how whose labels they are, in one line
 */
public record LabelFiles(Map<String, TraceFile> byRecording, String how) {
  private static final int MOST_LOOKED_AT = 20;
  private static final String LID_DS = "labels of LID-DS 2021";

  /**
   * Finds the labels of recordings.
   *
   * @param rule which labels count
   * @param format format of the recordings; it says which name their labels have
   * @param listing all files of the split
   * @param recordings those that are recordings
   * @return empty if labels do not count, or if the rule is {@link LabelRule#AUTO} and none of the
   *     first files has the form of labels
   * @throws IOException if the place of the files fails
   */
  public static Optional<LabelFiles> find(
      LabelRule rule, EventFormat format, TraceListing listing, List<TraceFile> recordings)
      throws IOException {
    if (rule == LabelRule.NONE) {
      return Optional.empty();
    }
    Map<String, TraceFile> others = new HashMap<>();
    listing.files().stream()
        .filter(file -> format.isCompanion(Packing.unpackedName(file.name())))
        .forEach(file -> others.put(Packing.unpackedName(file.name()), file));
    Map<String, TraceFile> labels = new LinkedHashMap<>();
    for (TraceFile recording : recordings) {
      format
          .labels(Packing.unpackedName(recording.name()))
          .map(others::get)
          .ifPresent(file -> labels.put(recording.name(), file));
    }
    if (rule == LabelRule.LID_DS) {
      return Optional.of(new LabelFiles(labels, LID_DS));
    }
    return recognised(listing.source(), labels)
        .map(
            file ->
                new LabelFiles(
                    labels, LID_DS + ", which %s looks like".formatted(VisibleText.of(file))));
  }

  /** The name of the first file that has the form of labels. */
  private static Optional<String> recognised(TraceSource source, Map<String, TraceFile> labels)
      throws IOException {
    try (TraceSource.Contents contents = source.contents()) {
      for (TraceFile file : labels.values().stream().limit(MOST_LOOKED_AT).toList()) {
        if (file.refusal() == null && isRecognised(contents, file)) {
          return Optional.of(file.name());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRecognised(TraceSource.Contents contents, TraceFile file)
      throws IOException {
    try (InputStream in = open(contents, file)) {
      return RecordingLabel.recognises(in);
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The file is damaged or may not be read, so it tells nothing.
      return false;
    }
  }

  /**
   * Opens a file of labels.
   *
   * @throws IOException as {@link TraceSource.Contents#open(TraceFile)} does
   */
  static InputStream open(TraceSource.Contents contents, TraceFile file) throws IOException {
    return Packing.of(file.name()).unpack(contents.open(file));
  }
}
