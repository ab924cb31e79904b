package syscallanomaly.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.model.LayerSummary;
import syscallanomaly.score.fitted.AnomalousTrace;
import syscallanomaly.score.fitted.SurprisingCall;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.train.EpochResults;
import syscallanomaly.window.DataProfile;

/** Invented figures of a run, of the size and shape of real ones. */
final class ExampleRun {
  private static final List<String> CALLS =
      List.of("open", "read", "mmap2", "close", "fstat64", "socketcall", "ipc", "clock_gettime");

  private static final List<String> UNUSUAL = List.of("execve", "setuid32", "vfork", "chmod");
  private static final List<Integer> UNUSUAL_NUMBERS = List.of(11, 213, 190, 15);

  private static final ExampleDetection TWO = detectors(List.of("lstm", "stide"), .865, .038);
  private static final ReportSettings SETTINGS = new ReportSettings(10_000);

  private ExampleRun() {}

  private static ExampleDetection detectors(List<String> names, double first, double step) {
    Map<String, Double> aucs = new LinkedHashMap<>();
    names.forEach(name -> aucs.put(name, first - step * aucs.size()));
    return new ExampleDetection(aucs);
  }

  /** As many detectors as the program has, with long names. */
  static ReportData withElevenDetectors() {
    ReportData run = withEpochs(30);
    List<String> names =
        List.of(
            "ensemble",
            "lstm",
            "lstm-window",
            "ngram",
            "ngram-lowest",
            "ngram-window",
            "ngram-ratio",
            "containment",
            "containment-set",
            "containment-bag",
            "stide");
    ExampleDetection detection = detectors(names, .905, .009);
    return new ReportData(
        run.run(),
        run.layers(),
        run.dataProfile(),
        run.epochs(),
        run.nextCalls(),
        names.stream()
            .flatMap(
                name ->
                    Stream.of(
                        new Alarms(name, Split.VALIDATION, 4372, 551),
                        new Alarms(name, Split.ATTACK, 746, 318)))
            .toList(),
        names.stream().map(name -> new AlarmBasis(name, 833, 19, .05)).toList(),
        detection.detections(),
        detection.operatingPoints(),
        detection.comparisons(),
        detection.roc(),
        names.stream().map(name -> ExampleDetection.histogram(name, 1.3, 2.1, .45, 2.08)).toList(),
        run.mostAnomalous(),
        SETTINGS,
        run.configuration(),
        List.of());
  }

  static ReportData withEpochs(int epochs) {
    return new ReportData(
        new RunSummary(
            "nightly-2026-03-14",
            "succeeded",
            Instant.parse("2026-03-14T02:00:07Z"),
            Instant.parse("2026-03-14T03:04:51Z"),
            "0.1.0+3f2c9ab",
            20260314L,
            8,
            "3.5.9",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
        List.of(
            new LayerSummary("LSTM 64", 103936),
            new LayerSummary("LSTM 256", 328704),
            new LayerSummary("LSTM 100", 142800),
            new LayerSummary("softmax 341", 34441)),
        List.of(
            profile(Split.TRAINING, 833, 0, 308_077, 150, 79, 201, 2948, 292_250, 148_325, 0),
            profile(
                Split.VALIDATION, 4372, 3, 2_122_085, 169, 77, 343, 4494, 2_039_017, 534_612, 91),
            profile(Split.ATTACK, 746, 0, 317_388, 90, 75, 290, 2712, 303_214, 279_630, 17)),
        IntStream.rangeClosed(1, epochs).mapToObj(epoch -> epoch(epoch, epochs)).toList(),
        List.of(
            new NextCall(Split.TRAINING, 292_250, 1.1034, .6412, .9018),
            new NextCall(Split.VALIDATION, 2_039_017, 1.3127, .5894, .8731),
            new NextCall(Split.ATTACK, 303_214, 2.4411, .3729, .7105)),
        List.of(
            new Alarms("lstm", Split.VALIDATION, 4372, 241),
            new Alarms("lstm", Split.ATTACK, 746, 318),
            new Alarms("stide", Split.VALIDATION, 4372, 388),
            new Alarms("stide", Split.ATTACK, 746, 341)),
        List.of(new AlarmBasis("lstm", 83, 19, .05), new AlarmBasis("stide", 83, 19, .05)),
        TWO.detections(),
        TWO.operatingPoints(),
        TWO.comparisons(),
        TWO.roc(),
        List.of(
            ExampleDetection.histogram("lstm", 1.3, 2.1, .45, 2.08),
            ExampleDetection.histogram("stide", .04, .11, .05, .124)),
        IntStream.rangeClosed(1, 10).mapToObj(ExampleRun::trace).toList(),
        SETTINGS,
        """
        run {
            id = nightly-2026-03-14
            seed = 20260314
        }
        traces {
            attack = "Attack_Data_Master"
            format = adfa-ld
            root = "hdfs://warehouse/corpora/ADFA-LD.zip!/ADFA-LD"
            training = "Training_Data_Master"
            validation = "Validation_Data_Master"
        }
        warehouse.catalog.token = "***"
        """,
        List.of());
  }

  static ReportData withoutAttacks() {
    ReportData run = withEpochs(6);
    return new ReportData(
        run.run(),
        run.layers(),
        run.dataProfile().stream().filter(p -> p.split() != Split.ATTACK).toList(),
        run.epochs(),
        run.nextCalls().stream().filter(n -> n.split() != Split.ATTACK).toList(),
        run.alarms().stream().filter(a -> a.split() != Split.ATTACK).toList(),
        run.alarmBases(),
        List.of(),
        run.operatingPoints().stream().map(ExampleDetection::withoutDetections).toList(),
        List.of(),
        List.of(),
        run.histograms().stream()
            .map(
                h ->
                    new ScoreHistogram(
                        h.detector(),
                        h.edges(),
                        h.normal(),
                        Collections.nCopies(h.attack().size(), 0L),
                        h.threshold()))
            .toList(),
        run.mostAnomalous().stream().filter(t -> t.family().isEmpty()).toList(),
        SETTINGS,
        run.configuration(),
        List.of());
  }

  /** No detector has enough held-out traces for an alarm. */
  static ReportData withoutPossibleAlarms() {
    ReportData run = withEpochs(6);
    return new ReportData(
        run.run(),
        run.layers(),
        run.dataProfile(),
        run.epochs(),
        run.nextCalls(),
        run.alarms().stream().map(a -> new Alarms(a.detector(), a.split(), a.traces(), 0)).toList(),
        List.of(new AlarmBasis("lstm", 7, 19, .05), new AlarmBasis("stide", 7, 19, .05)),
        run.detections(),
        run.operatingPoints().stream().map(ExampleDetection::withoutAlarms).toList(),
        run.comparisons(),
        run.roc(),
        run.histograms(),
        run.mostAnomalous(),
        SETTINGS,
        run.configuration(),
        List.of());
  }

  static ReportData withNothing() {
    ReportData run = withEpochs(1);
    return new ReportData(
        run.run(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), List.of(), List.of(), List.of(), SETTINGS, "", List.of());
  }

  /** Every text that comes from outside replaced by this one. */
  static ReportData withText(String text) {
    ReportData run = withEpochs(3);
    RunSummary summary = run.run();
    List<SurprisingCall> surprising =
        List.of(new SurprisingCall(7, 11, text, 9.1, List.of(text, text)));
    return new ReportData(
        new RunSummary(
            text, text, summary.startedAt(), summary.finishedAt(), text, 1, 1, text, text, text),
        List.of(new LayerSummary(text, 1)),
        run.dataProfile(),
        run.epochs(),
        run.nextCalls(),
        List.of(new Alarms(text, Split.VALIDATION, 10, 1)),
        List.of(new AlarmBasis(text, 20, 19, .05)),
        List.of(
            ExampleDetection.detection(text, "all", Population.OFFICIAL, 9, .8),
            ExampleDetection.detection(text, text, Population.OFFICIAL, 9, .8)),
        List.of(ExampleDetection.operatingPoint(text, Population.OFFICIAL, .05, .1, .4)),
        List.of(new Comparison(text, text, Population.OFFICIAL, .1, .05, .15)),
        List.of(new RocPoint(text, Population.OFFICIAL, 1.5, .1, .6)),
        List.of(
            new ScoreHistogram(text, List.of(0., 1., 2.), List.of(3L, 1L), List.of(1L, 3L), 1.)),
        List.of(new AnomalousTrace(text, text, Split.ATTACK, 9, 2, .01, true, surprising)),
        SETTINGS,
        text,
        List.of(new ReportData.Input(Split.TRAINING, text)));
  }

  /** Every figure that can be undefined is. */
  static ReportData withUndefinedFigures() {
    ReportData run = withEpochs(1);
    double none = Double.NaN;
    return new ReportData(
        run.run(),
        run.layers(),
        run.dataProfile(),
        List.of(EpochResults.of(1, none, none, none, none, none, none, 0, true)),
        List.of(new NextCall(Split.VALIDATION, 0, none, none, none)),
        List.of(new Alarms("lstm", Split.VALIDATION, 0, 0)),
        List.of(new AlarmBasis("lstm", 0, 19, .05)),
        List.of(
            new Detection(
                "lstm",
                "all",
                Population.OFFICIAL,
                0,
                0,
                none,
                null,
                null,
                none,
                none,
                null,
                null,
                none,
                null,
                null,
                none,
                none,
                null,
                null,
                none,
                null,
                null)),
        List.of(
            new OperatingPoint(
                "lstm", Population.OFFICIAL, .05, null, none, null, null, null, null, null)),
        List.of(new Comparison("lstm", "stide", Population.OFFICIAL, none, null, null)),
        List.of(),
        List.of(new ScoreHistogram("lstm", List.of(0., 1.), List.of(0L), List.of(0L), none)),
        List.of(
            new AnomalousTrace(
                "t",
                "",
                Split.VALIDATION,
                0,
                none,
                none,
                false,
                List.of(
                    new SurprisingCall(1, 3, "read", Double.POSITIVE_INFINITY, List.of()),
                    new SurprisingCall(2, 3, "read", none, List.of())))),
        SETTINGS,
        "",
        List.of());
  }

  private static DataProfile profile(
      Split split,
      long traces,
      long rejected,
      long calls,
      long distinctCalls,
      int min,
      int median,
      int max,
      long windows,
      long distinctWindows,
      long unknown) {
    return new DataProfile(
        split,
        traces,
        rejected,
        calls,
        distinctCalls,
        340,
        min,
        median,
        max,
        windows,
        distinctWindows,
        unknown);
  }

  private static EpochResult epoch(int epoch, int epochs) {
    int kept = Math.max(1, epochs - 3);
    double after = Math.max(0, epoch - kept) * .012;
    return EpochResults.of(
        epoch,
        1.02 + 1.75 / Math.sqrt(epoch),
        .66 - .41 / Math.sqrt(epoch),
        1.21 + 1.2 / Math.sqrt(epoch) + after,
        .61 - .3 / Math.sqrt(epoch) - after / 4,
        412.3 + 7 * (epoch % 3),
        708.8 - 11 * (epoch % 3),
        731,
        epoch == kept);
  }

  private static AnomalousTrace trace(int rank) {
    boolean attack = rank % 4 != 0;
    List<SurprisingCall> surprising =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new SurprisingCall(
                        17 * rank + 211 * i,
                        UNUSUAL_NUMBERS.get((i + rank) % 4),
                        UNUSUAL.get((i + rank) % 4),
                        13.4 - .5 * rank - 1.3 * i,
                        IntStream.range(0, 4)
                            .mapToObj(k -> CALLS.get((rank + i + k) % 8))
                            .toList()))
            .toList();
    String family = attack ? ExampleDetection.FAMILIES.get(1 + rank % 6) : "";
    return new AnomalousTrace(
        attack
            ? family + "_" + rank + "/UAD-" + family + "-" + rank + "-1371.txt"
            : "UVD-070" + rank + ".txt",
        family,
        attack ? Split.ATTACK : Split.VALIDATION,
        420L * rank,
        5.02 - .17 * rank,
        .0012 * rank,
        true,
        surprising);
  }
}
