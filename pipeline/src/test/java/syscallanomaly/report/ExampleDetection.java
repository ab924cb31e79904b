package syscallanomaly.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import syscallanomaly.evaluate.Comparison;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.OperatingPoint;
import syscallanomaly.evaluate.Population;
import syscallanomaly.evaluate.RocPoint;

/**
 * Invented detection figures, of the size and shape of real ones.
 *
 * @param aucs the AUC of each detector on the official population, in the order of the detectors
 */
record ExampleDetection(Map<String, Double> aucs) {
  static final List<String> FAMILIES =
      List.of("all", "Adduser", "Hydra_FTP", "Hydra_SSH", "Java_Meterpreter", "Meterpreter", "Web");

  List<Detection> detections() {
    List<Detection> rows = new ArrayList<>();
    for (Population population : Population.values()) {
      for (int i = 0; i < FAMILIES.size(); i++) {
        int attacks = i == 0 ? 746 : 60 + 29 * i;
        for (String detector : aucs.keySet()) {
          double auc = auc(detector, population) - i * (1 - aucs.get(detector)) / 9;
          rows.add(detection(detector, FAMILIES.get(i), population, attacks, auc));
        }
      }
    }
    return rows;
  }

  private double auc(String detector, Population population) {
    return aucs.get(detector) - drop(population);
  }

  static Detection detection(
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

  List<OperatingPoint> operatingPoints() {
    return aucs.keySet().stream()
        .flatMap(
            detector ->
                Stream.of(Population.values())
                    .flatMap(population -> operatingPoints(detector, population)))
        .toList();
  }

  private Stream<OperatingPoint> operatingPoints(String detector, Population population) {
    double found = auc(detector, population) - .425;
    return Stream.of(
        operatingPoint(detector, population, .01, .031, found - .2),
        operatingPoint(detector, population, .05, .126, found),
        operatingPoint(detector, population, .1, .154, found + .15),
        operatingPoint(detector, population, .2, .212, found + .3));
  }

  static OperatingPoint operatingPoint(
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

  static OperatingPoint withoutDetections(OperatingPoint point) {
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

  static OperatingPoint withoutAlarms(OperatingPoint point) {
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

  List<Comparison> comparisons() {
    List<String> names = List.copyOf(aucs.keySet());
    List<Comparison> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (String other : names.subList(i + 1, names.size())) {
        for (Population population : Population.values()) {
          double difference = aucs.get(names.get(i)) - aucs.get(other);
          double halfWidth = population == Population.WITHOUT_EXECVE ? .05 : .027;
          rows.add(
              new Comparison(
                  names.get(i),
                  other,
                  population,
                  difference,
                  difference - halfWidth,
                  difference + halfWidth));
        }
      }
    }
    return rows;
  }

  List<RocPoint> roc() {
    return Stream.of(Population.values())
        .flatMap(
            population ->
                aucs.keySet().stream().flatMap(detector -> roc(detector, population).stream()))
        .toList();
  }

  /** The curve tpr = 1 - (1 - fpr)^power, whose area is power / (power + 1). */
  private List<RocPoint> roc(String detector, Population population) {
    double power = 1 / (1 - auc(detector, population)) - 1;
    return IntStream.rangeClosed(0, 4372)
        .mapToObj(
            i -> {
              double fpr = i / 4372.0;
              double tpr = Math.round(746 * (1 - Math.pow(1 - fpr, power))) / 746.0;
              return new RocPoint(detector, population, 6 - 5 * fpr, fpr, tpr);
            })
        .toList();
  }

  static ScoreHistogram histogram(
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
}
