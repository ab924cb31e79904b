package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0  | 780  | more unusual than all of 780 normal traces
          1  | 780  | 1 of 780 normal traces is at least as unusual
          39 | 780  | 39 of 780 normal traces are at least as unusual, about 1 in 20
          3  | 4    | 3 of 4 normal traces are at least as unusual
          4  | 4    | 4 of 4 normal traces are at least as unusual
          0  | 1    | more unusual than the one normal trace that calibrates the detector
          0  | 9999 | more unusual than all of 9,999 normal traces
          0  | 0    | no normal trace calibrates the detector, so nothing is known
          """)
  void aPValueSaysHowManyNormalTracesAreAsUnusual(long asUnusual, long traces, String words) {
    double pValue = (1.0 + asUnusual) / (1 + traces);

    assertThat(PValues.inWords(pValue, traces)).isEqualTo(words);
  }
}
