package syscallanomaly.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import syscallanomaly.train.DivergedTrainingException;

class FailureTest {
  @Test
  void aTrainingThatDivergedNeedsNoDetailsAndIsNoUnusableInput() {
    RuntimeException failure =
        new IllegalStateException(
            "a job failed",
            new DivergedTrainingException("in epoch 1, round 2 of 9", "the loss", Double.NaN)
                .withFix("lower training.learning-rate, which is 9"));

    assertThat(Failure.speaksForItself(failure)).isTrue();
    assertThat(Failure.unusableInput(failure)).as("which would be exit code 3").isEmpty();
    assertThat(Failure.reason(failure))
        .isEqualTo(
            "Cannot go on with the training: in epoch 1, round 2 of 9, the loss is NaN;"
                + " a lower learning rate or a limit on the gradient's norm keeps it finite;"
                + " lower training.learning-rate, which is 9");
  }

  @Test
  void aDatabaseThatCannotBeReachedIsNamed() {
    RuntimeException failure =
        new IllegalStateException(
            "Failed to connect",
            new SQLException(
                "Connection to db:5432 refused. Check the host name.",
                new ConnectException("Connection refused")));

    assertThat(Failure.reason(failure))
        .isEqualTo("SQLException: Connection to db:5432 refused. Check the host name.");
  }
}
