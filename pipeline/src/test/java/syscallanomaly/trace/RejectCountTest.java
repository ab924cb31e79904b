package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectCountTest {
  /** What is said of one file alone would make as many rows as files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "position 17: 'x: y' is not a number | ... is not a number",
        "line 3: 400 is larger than 340, the largest call accepted | N is larger than N, the largest call accepted",
        "line 9: has a process and no call | has a process and no call",
        "is binary: byte 0x00 at offset 12 | is binary",
        "is a link that leads nowhere: Too many levels | is a link that leads nowhere",
        "leads to the folder /a/b, c, which is read already | leads to the folder ..., which is read already",
        "is empty | is empty"
      })
  void reasonsOfOneKindAreEqual(String reason, String kind) {
    assertThat(RejectCount.kind(reason)).isEqualTo(kind);
  }
}
