package syscallanomaly.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
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
  private static final List<String> FAMILIES =
      List.of("all", "Adduser", "Hydra_FTP", "Hydra_SSH", "Java_Meterpreter", "Meterpreter", "Web");
  private static final List<String> CALLS =
      List.of("open", "read", "mmap2", "close", "fstat64", "socketcall", "ipc", "clock_gettime");

  private static final List<String> UNUSUAL = List.of("execve", "setuid32", "vfork", "chmod");
  private static final List<Integer> UNUSUAL_NUMBERS = List.of(11, 213, 190, 15);

  private static final ReportSettings SETTINGS = new ReportSettings(10_000);

  private ExampleRun() {}

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
        detections(),
        operatingPoints(),
        comparisons(),
        roc(),
        List.of(histogram("lstm", 1.3, 2.1, .45, 2.08), histogram("stide", .04, .11, .05, .124)),
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
        """);
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
        run.operatingPoints().stream().map(ExampleRun::withoutDetections).toList(),
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
        run.configuration());
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
        run.operatingPoints().stream().map(ExampleRun::withoutAlarms).toList(),
        run.comparisons(),
        run.roc(),
        run.histograms(),
        run.mostAnomalous(),
        SETTINGS,
        run.configuration());
  }

  static ReportData withNothing() {
    ReportData run = withEpochs(1);
    return new ReportData(
        run.run(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), List.of(), List.of(), List.of(), SETTINGS, "");
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
            detection(text, "all", Population.OFFICIAL, 9, .8),
            detection(text, text, Population.OFFICIAL, 9, .8)),
        List.of(operatingPoint(text, Population.OFFICIAL, .05, .1, .4)),
        List.of(new Comparison(text, text, Population.OFFICIAL, .1, .05, .15)),
        List.of(new RocPoint(text, Population.OFFICIAL, 1.5, .1, .6)),
        List.of(
            new ScoreHistogram(text, List.of(0., 1., 2.), List.of(3L, 1L), List.of(1L, 3L), 1.)),
        List.of(new AnomalousTrace(text, text, Split.ATTACK, 9, 2, .01, true, surprising)),
        SETTINGS,
        text);
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
        "");
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

  private static List<Detection> detections() {
    List<Detection> rows = new ArrayList<>();
    for (Population population : Population.values()) {
      double drop = drop(population);
      for (int i = 0; i < FAMILIES.size(); i++) {
        int attacks = i == 0 ? 746 : 60 + 29 * i;
        rows.add(detection("lstm", FAMILIES.get(i), population, attacks, .865 - .013 * i - drop));
        rows.add(detection("stide", FAMILIES.get(i), population, attacks, .827 - .019 * i - drop));
      }
    }
    return rows;
  }

  private static Detection detection(
      String detector, String family, Population population, int attacks, double auc) {
    double halfWidth = .5 / Math.sqrt(attacks);
    return new Detection(
        detector,
        family,
        population,
        normal(population),
        attacks,
        auc,
        auc - halfWidth,
        Math.min(1, auc + halfWidth),
        Math.max(0, auc - .69),
        auc - .43,
        auc - .43 - 2 * halfWidth,
        auc - .43 + 2 * halfWidth,
        auc - .24,
        auc - .24 - 2 * halfWidth,
        auc - .24 + 2 * halfWidth,
        auc - .12,
        auc - .05,
        auc - .05 - 2 * halfWidth,
        Math.min(1, auc - .05 + 2 * halfWidth),
        1.18 - auc,
        1.18 - auc - halfWidth,
        1.18 - auc + halfWidth);
  }

  private static long normal(Population population) {
    return switch (population) {
      case OFFICIAL -> 4372;
      case DISTINCT -> 1998;
      case WITHOUT_EXECVE -> 1534;
    };
  }

  private static double drop(Population population) {
    return switch (population) {
      case OFFICIAL -> 0;
      case DISTINCT -> .024;
      case WITHOUT_EXECVE -> .11;
    };
  }

  private static List<OperatingPoint> operatingPoints() {
    return Stream.of("lstm", "stide")
        .flatMap(
            detector ->
                Stream.of(Population.values())
                    .flatMap(population -> operatingPoints(detector, population)))
        .toList();
  }

  private static Stream<OperatingPoint> operatingPoints(String detector, Population population) {
    double found = (detector.equals("lstm") ? .44 : .4) - drop(population);
    return Stream.of(
        operatingPoint(detector, population, .01, .031, found - .2),
        operatingPoint(detector, population, .05, .126, found),
        operatingPoint(detector, population, .1, .154, found + .15),
        operatingPoint(detector, population, .2, .212, found + .3));
  }

  private static OperatingPoint operatingPoint(
      String detector, Population population, double asked, double falseAlarms, double found) {
    return new OperatingPoint(
        detector,
        population,
        asked,
        2.5 - 2 * asked,
        falseAlarms,
        falseAlarms - .02,
        falseAlarms + .03,
        found,
        found - .11,
        found + .12);
  }

  private static OperatingPoint withoutDetections(OperatingPoint point) {
    return new OperatingPoint(
        point.detector(),
        point.population(),
        point.askedFalseAlarmRate(),
        point.threshold(),
        point.falseAlarmRate(),
        point.falseAlarmRateLow(),
        point.falseAlarmRateHigh(),
        null,
        null,
        null);
  }

  private static OperatingPoint withoutAlarms(OperatingPoint point) {
    return new OperatingPoint(
        point.detector(),
        point.population(),
        point.askedFalseAlarmRate(),
        null,
        0,
        0.,
        0.,
        0.,
        0.,
        0.);
  }

  private static List<Comparison> comparisons() {
    return Stream.of(Population.values())
        .map(
            population ->
                new Comparison(
                    "lstm",
                    "stide",
                    population,
                    .038,
                    population == Population.WITHOUT_EXECVE ? -.012 : .011,
                    .064))
        .toList();
  }

  private static List<RocPoint> roc() {
    return Stream.of(Population.values())
        .flatMap(
            population ->
                Stream.of("lstm", "stide").flatMap(detector -> roc(detector, population).stream()))
        .toList();
  }

  private static List<RocPoint> roc(String detector, Population population) {
    double power = (detector.equals("lstm") ? 5.2 : 4.3) - 30 * drop(population);
    return IntStream.rangeClosed(0, 4372)
        .mapToObj(
            i -> {
              double fpr = i / 4372.0;
              double tpr = Math.round(746 * (1 - Math.pow(1 - fpr, power))) / 746.0;
              return new RocPoint(detector, population, 6 - 5 * fpr, fpr, tpr);
            })
        .toList();
  }

  private static ScoreHistogram histogram(
      String detector, double normal, double attack, double spread, double threshold) {
    int bins = 48;
    double low = Math.max(0, normal - 3 * spread);
    double width = (attack + 3.5 * spread - low) / bins;
    Random random = new Random(7);
    long[] normals = new long[bins];
    long[] attacks = new long[bins];
    for (int i = 0; i < 4372; i++) {
      normals[bin(normal + spread * .7 * random.nextGaussian(), low, width, bins)]++;
    }
    for (int i = 0; i < 746; i++) {
      attacks[bin(attack + spread * random.nextGaussian(), low, width, bins)]++;
    }
    return new ScoreHistogram(
        detector,
        DoubleStream.iterate(low, edge -> edge + width).limit(bins + 1).boxed().toList(),
        Arrays.stream(normals).boxed().toList(),
        Arrays.stream(attacks).boxed().toList(),
        threshold);
  }

  private static int bin(double score, double low, double width, int bins) {
    return (int) Math.max(0, Math.min(bins - 1, (score - low) / width));
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
    String family = attack ? FAMILIES.get(1 + rank % 6) : "";
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
