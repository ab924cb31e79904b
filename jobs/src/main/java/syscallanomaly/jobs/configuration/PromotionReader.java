package syscallanomaly.jobs.configuration;

import syscallanomaly.score.fitted.Detectors;

/** Reads the section {@code promotion}. */
final class PromotionReader {
  private static final double LARGEST_INDEX = 1000;

  private final Section section;

  PromotionReader(Section section) {
    this.section = section;
  }

  PromotionSettings read() {
    return new PromotionSettings(
        section.text(
            "promotion.detector",
            "must be empty or one of " + String.join(", ", Detectors.names()),
            name -> name.isEmpty() || Detectors.names().contains(name)),
        section.share("promotion.margin.auc"),
        section.share("promotion.margin.false-alarm-rate"),
        index("promotion.margin.loss"),
        section.share("promotion.min-accuracy"),
        section.share("promotion.max-false-alarm-rate"),
        section.share("promotion.max-unknown-calls"),
        section.share("promotion.max-rejected-share"),
        index("promotion.drift.calls"),
        index("promotion.drift.lengths"),
        section.share("promotion.drift.new-calls"),
        section.wholeAtLeast(2, "promotion.keep"),
        section.flag("promotion.fail-on-refusal"));
  }

  private double index(String key) {
    return section.real(key, "must be 0 to 1000", value -> value >= 0 && value <= LARGEST_INDEX);
  }
}
