package syscallanomaly.trace.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with labels of recordings. */
class RecordingLabelTest {
  private static final String ATTACK =
      """
      {"container": [{"ip": "10.0.0.2", "name": "a1", "role": "attacker"}],
       "exploit": true, "exploit_name": "%s", "image": "victim_of_test", "recording_time": 18,
       "time": {"container_ready": {"absolute": 1600000000.1, "relative": -3.0},
                "exploit": [{"absolute": 1600000009.25, "name": "second"},
                            {"absolute": 1600000007.513988, "name": "first"}],
                "warmup_end": {"absolute": 1600000003.4, "relative": 0}}}
      """;

  private static InputStream bytes(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  private static RecordingLabel read(String json) throws IOException {
    return RecordingLabel.read(bytes(json));
  }

  @Test
  void anAttackBeginsWithItsFirstExploitToTheNanosecond() throws IOException {
    RecordingLabel label = read(ATTACK.formatted("login"));
    assertThat(label.hasAttack()).isTrue();
    assertThat(label.exploit()).contains(1_600_000_007_513_988_000L);
    assertThat(label.familyAt(1_600_000_007_513_987_999L)).isEmpty();
    assertThat(label.familyAt(1_600_000_007_513_988_000L)).isEqualTo("login");
    assertThat(label.familyAt(Long.MAX_VALUE)).isEqualTo("login");
  }

  @Test
  void aRecordingWithoutAnExploitIsNormalThroughout() throws IOException {
    RecordingLabel label =
        read("{'exploit': false, 'exploit_name': 'no', 'time': {'exploit': []}}");
    assertThat(label.hasAttack()).isFalse();
    assertThat(label.exploit()).isEmpty();
    assertThat(label.familyAt(Long.MAX_VALUE)).isEqualTo(RecordingLabel.NORMAL);
  }

  @ParameterizedTest
  @CsvSource({"default, victim_of_test", "'', victim_of_test", "' x ', x"})
  void aNameThatTellsNothingGivesWayToThatOfTheVictim(String name, String family)
      throws IOException {
    assertThat(read(ATTACK.formatted(name)).familyAt(Long.MAX_VALUE)).isEqualTo(family);
    String without = ATTACK.formatted(name).replace("image", "other").replace("default", "");
    assertThat(read(without).familyAt(Long.MAX_VALUE))
        .isEqualTo(family.equals("x") ? "x" : "attack");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                               | has no \"exploit\" that is true or false",
        "[1]                                              | has no \"exploit\" that is true or false",
        "''                                               | has no \"exploit\" that is true or false",
        "{\"exploit\": \"true\"}                          | has no \"exploit\" that is true or false",
        "{\"exploit\": true}                              | says that there is an exploit, and not when",
        "{\"exploit\": true, \"time\": {\"exploit\": []}} | says that there is an exploit, and not when",
        "{\"exploit\": true, \"time\": {\"exploit\": [{\"absolute\": 1e300}]}} | says that there is an exploit, and not when",
        "{\"exploit\": true, \"time\": {\"exploit\": [{\"absolute\": -1}]}} | says that there is an exploit, and not when",
        "{\"exploit\": true, \"time\": {\"exploit\": [{\"absolute\": \"1\"}]}} | has an exploit without an absolute time in seconds",
        "{\"exploit\": true, \"time\": {\"exploit\": [{}]}} | has an exploit without an absolute time in seconds"
      })
  void labelsThatLeaveItOpenAreNone(String json, String why) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessage(why);
  }

  @Test
  void whatIsNoJsonOrTooLargeCannotBeRead() {
    assertThatThrownBy(() -> read("{\"exploit\": tr")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(" ".repeat((1 << 20) + 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("has more than 1048576 bytes");
  }

  @Test
  void theFormIsRecognised() throws IOException {
    assertThat(RecordingLabel.recognises(bytes(ATTACK.formatted("x")))).isTrue();
    assertThat(RecordingLabel.recognises(bytes("{\"exploit\": true, \"time\": {}}"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "[]", "{}", "{\"exploit\": 1, \"time\": {}}", "{\"exploit\": true}"})
  void otherFormsAreNot(String json) throws IOException {
    assertThat(RecordingLabel.recognises(bytes(json))).isFalse();
  }
}
