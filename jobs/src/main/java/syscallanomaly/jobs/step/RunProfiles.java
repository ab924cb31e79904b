package syscallanomaly.jobs.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.configuration.Configuration;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.Manifest;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.DataProfile;
import syscallanomaly.window.DataProfiler;
import syscallanomaly.window.WindowCutter;

/** What each split holds that a step has read: the run's rows of the table {@code data_profile}. */
final class RunProfiles {
  private final JobContext context;
  private final List<DataProfile> rows;
  private final SortedMap<Split, String> origins;

  private RunProfiles(
      JobContext context, List<DataProfile> rows, SortedMap<Split, String> origins) {
    this.context = context;
    this.rows = rows;
    this.origins = origins;
  }

  /** Profiles all splits. */
  static RunProfiles of(
      JobContext context, Vocabulary vocabulary, WindowCutter cutter, Map<Split, TraceSet> splits)
      throws IOException {
    return of(context, vocabulary, cutter, splits, Map.of());
  }

  /**
   * Profiles the splits whose traces are others than those that the table describes. Counting
   * windows takes long, so the other rows are taken over, and that of the training traces if they
   * were not read.
   */
  static RunProfiles broughtUpToDate(
      JobContext context, Vocabulary vocabulary, WindowCutter cutter, Map<Split, TraceSet> splits)
      throws IOException {
    SortedMap<Split, String> described = context.manifest().profiles();
    Map<Split, DataProfile> former = new EnumMap<>(Split.class);
    if (!described.isEmpty()) {
      context
          .tables()
          .dataProfile(context.folder().runId())
          .forEach(row -> former.put(row.split(), row));
    }
    Map<Split, DataProfile> known = new EnumMap<>(former);
    known
        .keySet()
        .removeIf(
            split ->
                !splits.containsKey(split)
                    || !origin(context, vocabulary, splits.get(split))
                        .equals(described.get(split)));
    RunProfiles profiles = of(context, vocabulary, cutter, splits, known);
    if (!splits.containsKey(Split.TRAINING) && former.containsKey(Split.TRAINING)) {
      profiles.rows.add(0, former.get(Split.TRAINING));
      profiles.origins.put(Split.TRAINING, described.get(Split.TRAINING));
    }
    return profiles;
  }

  private static RunProfiles of(
      JobContext context,
      Vocabulary vocabulary,
      WindowCutter cutter,
      Map<Split, TraceSet> splits,
      Map<Split, DataProfile> known)
      throws IOException {
    Map<Split, Dataset<Row>> traces = new EnumMap<>(Split.class);
    Map<Split, Long> rejected = new EnumMap<>(Split.class);
    for (TraceSet set : splits.values()) {
      if (!known.containsKey(set.split())) {
        traces.put(set.split(), set.traces());
        rejected.put(set.split(), set.rejected());
      }
    }
    Map<Split, DataProfile> profiles = new EnumMap<>(Split.class);
    profiles.putAll(known);
    for (DataProfile row : new DataProfiler(vocabulary, cutter).profile(traces, rejected)) {
      noteShortTraces(context, cutter, row, traces.get(row.split()));
      profiles.put(row.split(), row);
    }
    List<DataProfile> rows = new ArrayList<>();
    SortedMap<Split, String> origins = new TreeMap<>();
    for (TraceSet set : splits.values()) {
      rows.add(profiles.get(set.split()).withRejected(set.rejected()));
      origins.put(set.split(), origin(context, vocabulary, set));
    }
    return new RunProfiles(context, rows, origins);
  }

  /** The rows, one for each split. */
  List<DataProfile> rows() {
    return rows;
  }

  /** Replaces the run's rows in the table. */
  void publish() throws IOException {
    String run = context.folder().runId();
    Manifest manifest = context.manifest();
    if (origins.equals(manifest.profiles()) && rows.equals(context.tables().dataProfile(run))) {
      return;
    }
    // Without this, a program that is killed in between leaves rows that the manifest takes for
    // others.
    manifest.profiles(Map.of());
    context.tables().replaceDataProfile(run, rows);
    manifest.profiles(origins);
  }

  /** Everything that a row depends on but for the number of rejects, as one text. */
  private static String origin(JobContext context, Vocabulary vocabulary, TraceSet traces) {
    Configuration configuration = context.configuration();
    return DigestUtils.sha256Hex(
        String.join(
            " ",
            traces.contentFingerprint(),
            vocabulary.hash(),
            String.valueOf(configuration.windows().length()),
            String.valueOf(configuration.windows().limit())));
  }

  private static void noteShortTraces(
      JobContext context, WindowCutter cutter, DataProfile profile, Dataset<Row> traces)
      throws IOException {
    boolean some =
        !context.configuration().readsTraces() && profile.minLength() < cutter.windowLength();
    long number = some ? cutter.shorterThanAWindow(traces) : 0;
    context.manifest().shortTraces(profile.split(), number);
    if (number > 0) {
      context
          .progress()
          .say(
              "%s: %d traces are shorter than a window of %d calls; they give none and are scored with padding"
                  .formatted(profile.split().label(), number, cutter.windowLength()));
    }
  }
}
