package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of promotions, and of trainings that start from another model. */
class PromotionKeysTest {
  private Configuration load(String... assignments) throws ConfigurationException {
    return new ConfigurationLoader(
            new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
            InstantSource.fixed(Instant.EPOCH))
        .load(Optional.empty(), List.of(assignments));
  }

  @Test
  void theDefaultsLeaveRoomForNoise() throws Exception {
    assertThat(load().promotion())
        .isEqualTo(
            new PromotionSettings("", .02, .02, .1, .1, .3, .02, .01, .25, .25, .02, 5, false));
    assertThat(load().start().isFresh()).isTrue();
  }

  @Test
  void aDetectorAndAStartAreNamed() throws Exception {
    assertThat(load("promotion.detector=stide").promotion().detector()).isEqualTo("stide");
    assertThat(load("training.start-from=runs/monday").start())
        .isEqualTo(new StartSettings("runs/monday"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          promotion.detector=best                  | promotion.detector = best: must be empty or one of ensemble, ensemble-sum, lstm, lstm-window, stide, ngram-window, ngram-ratio, ngram-ratio-end, call-set, call-counts, containment
          promotion.margin.auc=2                   | promotion.margin.auc = 2: must be 0 to 1
          promotion.drift.calls=-1                 | promotion.drift.calls = -1: must be 0 to 1000
          promotion.keep=1                         | promotion.keep = 1: must be at least 2
          run.id=current                           | run.id = current: must be at most 128 letters, digits, '.', '_' and '-', start with a letter or digit, and not be current or none, which have a meaning of their own
          training.start-from=current scoring.lstm-folds=3 | training.start-from = current: must be none where scoring.lstm-folds is above 1: the model of a fold would start from one that knows the traces of the fold
          training.start-from=s3a://me:key@bucket/d | training.start-from = s3a://***@bucket/d: must not hold credentials; give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as spark.hadoop.fs.s3a.access.key and .secret.key, or in a credential store (spark.hadoop.hadoop.security.credential.provider.path)
          """)
  void whatCannotBeUsedIsToldWithItsReason(String assignments, String problem) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> load(assignments.split(" ")));

    assertThat(refused.errors()).containsExactly("Cannot use " + problem + " (--set)");
  }
}
