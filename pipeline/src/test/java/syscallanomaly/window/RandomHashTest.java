package syscallanomaly.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomHashTest {
  @Test
  void drawsAreUniform() {
    int[] counts = new int[11];
    double sum = 0;
    for (int i = 0; i < 110_000; i++) {
      counts[RandomHash.below(11, 3, i)]++;
      sum += RandomHash.unit(3, i);
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
    assertThat(sum / 110_000).isBetween(0.495, 0.505);
  }

  @Test
  void dropInCopiesAWindowZeroToMaxTimes() {
    DropIn dropIn = new DropIn(true, 10);
    long copies = 0;
    boolean none = false;
    boolean ten = false;
    for (int i = 0; i < 10_000; i++) {
      int drawn = dropIn.copies(1, i);
      assertThat(drawn).isBetween(0, 10);
      none |= drawn == 0;
      ten |= drawn == 10;
      copies += drawn;
    }
    assertThat(none && ten).isTrue();
    assertThat(copies / 10_000.0).isBetween(4.9, 5.1);
    assertThat(new DropIn(false, 10).copies(1, 5)).isEqualTo(1);
  }
}
