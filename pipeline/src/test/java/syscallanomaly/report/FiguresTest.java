package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  private final Figures figures = new Figures();

  @ParameterizedTest
  @CsvSource({
    "PT0.04S,0.0 s",
    "PT8.4S,8.4 s",
    "PT59.96S,60.0 s",
    "PT3M12.9S,3 min 12 s",
    "PT1H4M44S,1 h 04 min",
    "PT52H,52 h 00 min"
  })
  void writesALengthOfTime(Duration duration, String written) {
    assertThat(figures.duration(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1.0000",
    "2.302585092994046,0.1000",
    "9.21034,0.0001",
    "12.9,2.5 × 10⁻⁶",
    "2302.585092994046,1.0 × 10⁻¹⁰⁰⁰",
    "NaN,–",
    "Infinity,–"
  })
  void writesAProbabilityFromItsNegativeLogLikelihood(double nats, String written) {
    assertThat(figures.probability(nats)).isEqualTo(written);
  }

  @Test
  void writesNumbers() {
    assertThat(figures.count(2_122_085)).isEqualTo("2,122,085");
    assertThat(figures.plain(20260314)).isEqualTo("20260314");
    assertThat(figures.decimal(2.73114, 4)).isEqualTo("2.7311");
    assertThat(figures.decimal(1234.4, 0)).isEqualTo("1,234");
    assertThat(figures.decimal(Double.NaN, 2)).isEqualTo("–");
    assertThat(figures.percent(.4125)).isEqualTo("41.3%");
    assertThat(figures.percent(Double.POSITIVE_INFINITY)).isEqualTo("–");
    assertThat(figures.percentOf(1, 8)).isEqualTo("12.5%");
    assertThat(figures.decimal(null, 2)).isEqualTo("–");
    assertThat(figures.signed(.0384, 3)).isEqualTo("+0.038");
    assertThat(figures.signed(-.0384, 3)).isEqualTo("-0.038");
    assertThat(figures.signed(null, 3)).isEqualTo("–");
    assertThat(figures.interval(.785, .87, 3)).isEqualTo("0.785 – 0.870");
    assertThat(figures.interval(null, null, 3)).isEmpty();
    assertThat(figures.percentInterval(.121, .38)).isEqualTo("12.1 – 38.0");
    assertThat(figures.percentInterval(null, .38)).isEmpty();
    assertThat(figures.percentOf(0, 0)).isEqualTo("–");
    assertThat(figures.time(Instant.parse("2026-03-14T02:00:07.9Z")))
        .isEqualTo("2026-03-14 02:00:07 UTC");
  }

  @ParameterizedTest
  @CsvSource({"3,4,0.750", "5,4,1.000", "-1,4,0.000", "NaN,4,0.000", "Infinity,4,1.000"})
  void measuresABarAgainstTheGreatestOne(double value, double greatest, String fraction) {
    assertThat(figures.fraction(value, greatest)).isEqualTo(fraction);
  }

  @Test
  void leavesTextThatCanBeSeenAsItIs() {
    assertThat(figures.printable("UAD-ÄÖ 漢字 😀 <b>")).isEqualTo("UAD-ÄÖ 漢字 😀 <b>");
  }

  @Test
  void writesOutTextThatCannotBeSeen() {
    assertThat(figures.printable("a\tb\u200Bc\uD800")).isEqualTo("a\\u0009b\\u200bc\\ud800");
  }
}
