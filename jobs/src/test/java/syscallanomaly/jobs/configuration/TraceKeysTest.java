package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.HostSettings;
import syscallanomaly.trace.label.LabelRule;

class TraceKeysTest {
  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.fixed(Instant.EPOCH));

  private HostSettings hosts(String... assignments) throws ConfigurationException {
    return loader.load(Optional.empty(), List.of(assignments)).traces().hosts();
  }

  private List<String> errors(String... assignments) {
    return catchThrowableOfType(ConfigurationException.class, () -> hosts(assignments)).errors();
  }

  @Test
  void labelsCountForRecordingsThatMayHaveThem() throws Exception {
    assertThat(hosts()).isEqualTo(HostSettings.defaults());
    for (String format : List.of("sysdig", "auto")) {
      assertThat(hosts("traces.format=" + format, "traces.labels=lid-ds").labels())
          .isEqualTo(LabelRule.LID_DS);
    }
    assertThat(hosts("traces.labels=none").labels()).isEqualTo(LabelRule.NONE);
    assertThat(errors("traces.labels=lid-ds", "traces.format=strace"))
        .containsExactly(
            "Cannot use traces.labels = lid-ds: must be auto or none where traces.format is strace:"
                + " the labels of LID-DS lie beside recordings of sysdig (--set)");
    assertThat(errors("traces.labels=yes"))
        .containsExactly("Cannot use traces.labels = yes: must be auto or lid-ds or none (--set)");
  }

  @Test
  void theColumnOfFamiliesHasAName() throws Exception {
    assertThat(hosts("traces.events.family=attack.kind").table().family()).isEqualTo("attack.kind");
  }
}
