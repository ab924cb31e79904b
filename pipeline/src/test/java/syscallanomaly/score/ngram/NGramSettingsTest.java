package syscallanomaly.score.ngram;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NGramSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1   | 100 | 50 | .9 | orders = 1: it must be 2 to 100",
        "101 | 100 | 50 | .9 | orders = 101: it must be 2 to 100",
        "10  | 0   | 50 | .9 | window = 0: it must be at least 1",
        "10  | 100 | 0  | .9 | last = 0: it must be at least 1",
        "10  | 100 | 50 | 0  | discount = 0.0: it must be above 0 and below 1",
        "10  | 100 | 50 | 1  | discount = 1.0: it must be above 0 and below 1",
      })
  void aValueOutOfRangeIsNamed(int orders, int window, int last, double discount, String problem) {
    assertThatThrownBy(() -> new NGramSettings(orders, window, last, discount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use n-gram detectors with " + problem);
  }
}
