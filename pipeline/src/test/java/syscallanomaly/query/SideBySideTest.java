package syscallanomaly.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class SideBySideTest {
  @Test
  void queriesRunAtTheSameTimeAndEachGivesItsOwnResult() {
    CountDownLatch bothRun = new CountDownLatch(2);
    try (SideBySide queries = new SideBySide()) {
      Supplier<String> one = queries.start(() -> met(bothRun, "one"));
      Supplier<String> two = queries.start(() -> met(bothRun, "two"));
      assertThat(two.get()).isEqualTo("two");
      assertThat(one.get()).isEqualTo("one");
    }
  }

  @Test
  void allWorkIsDoneWhenItReturns() {
    CountDownLatch bothRun = new CountDownLatch(2);
    List<String> done = new CopyOnWriteArrayList<>();
    SideBySide.doAll(
        List.of(() -> done.add(met(bothRun, "one")), () -> done.add(met(bothRun, "two"))));
    assertThat(done).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aFailureIsThrownOnceAllWorkHasEnded() {
    CountDownLatch bothRun = new CountDownLatch(2);
    List<String> done = new CopyOnWriteArrayList<>();
    assertThatThrownBy(
            () ->
                SideBySide.doAll(
                    List.of(
                        () -> {
                          bothRun.countDown();
                          throw new IllegalStateException("a test");
                        },
                        () -> done.add(met(bothRun, "two")))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a test");
    assertThat(done).containsExactly("two");
  }

  private static String met(CountDownLatch all, String name) {
    all.countDown();
    try {
      return all.await(1, TimeUnit.MINUTES) ? name : "alone";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void queriesHaveThePropertiesOfTheThreadThatStartsThem(SparkSession spark) {
    spark.sparkContext().setLocalProperty("test.step", "score");
    try (SideBySide queries = new SideBySide()) {
      assertThat(queries.start(() -> spark.sparkContext().getLocalProperty("test.step")).get())
          .isEqualTo("score");
    } finally {
      spark.sparkContext().setLocalProperty("test.step", null);
    }
  }

  @Test
  void whatAQueryThrowsIsThrownAsItIs(SparkSession spark) {
    try (SideBySide queries = new SideBySide()) {
      Supplier<Long> failing = queries.start(() -> spark.range(3).where("call = 1").count());
      Supplier<Long> other = queries.start(() -> spark.range(3).count());
      assertThatThrownBy(failing::get)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("call");
      assertThat(other.get()).isEqualTo(3);
      Supplier<Long> dying =
          queries.start(
              () -> {
                throw new OutOfMemoryError("a test");
              });
      assertThatThrownBy(dying::get).isInstanceOf(OutOfMemoryError.class).hasMessage("a test");
    }
  }
}
