package syscallanomaly.train.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class StreamedBatchesTest {
  private static final EpochLayout LAYOUT = new EpochLayout(100, 1, 7, 100);

  private final AtomicInteger read = new AtomicInteger();

  private Iterator<Tuple2<Long, WeightedSequence>> sequences() {
    return IntStream.range(0, 100)
        .peek(place -> read.incrementAndGet())
        .mapToObj(place -> new Tuple2<>((long) place, new WeightedSequence(new int[] {place}, 1)))
        .iterator();
  }

  @Test
  void aRoundIsReadOneMiniBatchAfterTheOther() {
    StreamedBatches batches = new StreamedBatches(sequences(), LAYOUT);

    assertThat(batches.next()).hasSize(7);
    assertThat(read.get()).as("the mini-batch and the sequence after it").isLessThanOrEqualTo(9);
    assertThat(batches.next()).hasSize(7);
    assertThat(read.get()).isLessThanOrEqualTo(16);
  }

  @Test
  void everySequenceComesOnceInTheUpdateOfItsPlace() {
    StreamedBatches batches = new StreamedBatches(sequences(), LAYOUT);
    List<Integer> places = new ArrayList<>();
    int update = 0;
    while (batches.hasNext()) {
      for (WeightedSequence sequence : batches.next()) {
        assertThat(LAYOUT.updateOf(sequence.indices()[0])).isEqualTo(update);
        places.add(sequence.indices()[0]);
      }
      update++;
    }

    assertThat(update).isEqualTo(15);
    assertThat(places).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }
}
