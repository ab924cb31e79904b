package syscallanomaly.jobs.benchmark.speed;

import java.util.ArrayList;
import java.util.List;
import syscallanomaly.jobs.configuration.BenchmarkSettings;
import syscallanomaly.jobs.progress.Progress;
import syscallanomaly.jobs.progress.StepProgress;

/**
 * Measures variants in turn, several times, so that other load on the machine affects all of them
 * equally.
 */
final class Alternation {
  private final BenchmarkSettings settings;
  private final Progress progress;

  Alternation(BenchmarkSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures each variant as often as is configured.
   *
   * @param name what is measured, for the display
   * @param variants the variants to measure
   * @return one measurement for each variant, in the order of the variants
   */
  List<Measurement> measure(String name, List<Variant> variants) {
    List<List<Repeat>> repeats =
        variants.stream().<List<Repeat>>map(v -> new ArrayList<>()).toList();
    int rounds = settings.warmUps() + settings.repeats();
    try (StepProgress shown =
        progress.start(name, "measurements", (long) rounds * variants.size())) {
      for (int round = 0; round < rounds; round++) {
        for (int v = 0; v < variants.size(); v++) {
          Repeat repeat = variants.get(v).work().get();
          if (round >= settings.warmUps()) {
            repeats.get(v).add(repeat);
          }
          shown.advance(1);
        }
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int v = 0; v < variants.size(); v++) {
      Variant variant = variants.get(v);
      measurements.add(new Measurement(variant.name(), variant.workers(), repeats.get(v)));
    }
    return List.copyOf(measurements);
  }
}
