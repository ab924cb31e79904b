package syscallanomaly.report;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.evaluate.Population.OFFICIAL;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import syscallanomaly.evaluate.RocPoint;

class RocChartTest {
  @Test
  void startsAtNothingAndEndsAtEverything() {
    List<RocPoint> points = List.of(point(.5, .9), point(.1, .6));

    assertThat(RocChart.through("lstm", OFFICIAL, points).points())
        .containsExactly(
            new RocPoint("lstm", OFFICIAL, Double.POSITIVE_INFINITY, 0, 0),
            point(.1, .6),
            point(.5, .9),
            new RocPoint("lstm", OFFICIAL, Double.NEGATIVE_INFINITY, 1, 1));
  }

  @Test
  void drawsNoTwoPointsOnOnePixel() {
    List<RocPoint> points =
        List.of(point(.1, .6), point(.1005, .6005), point(.101, .601), point(.103, .601));

    assertThat(RocChart.through("lstm", OFFICIAL, points).points())
        .extracting(RocPoint::fpr)
        .containsExactly(0., .1, .103, 1.);
  }

  @Property(tries = 50)
  void isMonotoneAndHasNoMorePointsThanAScreenShows(
      @ForAll @IntRange(max = 20_000) int thresholds, @ForAll long seed) {
    Random random = new Random(seed);
    double[] fpr = random.doubles(thresholds).sorted().toArray();
    double[] tpr = random.doubles(thresholds).sorted().toArray();
    List<RocPoint> points =
        new ArrayList<>(
            IntStream.range(0, thresholds).mapToObj(i -> point(fpr[i], tpr[i])).toList());
    Collections.shuffle(points, random);

    List<RocPoint> drawn = RocChart.through("lstm", OFFICIAL, points).points();

    assertThat(drawn).hasSizeBetween(2, 1002);
    assertThat(drawn)
        .isSortedAccordingTo(Comparator.comparingDouble(RocPoint::fpr))
        .isSortedAccordingTo(Comparator.comparingDouble(RocPoint::tpr));
  }

  private static RocPoint point(double fpr, double tpr) {
    return new RocPoint("lstm", OFFICIAL, 1 - fpr, fpr, tpr);
  }
}
