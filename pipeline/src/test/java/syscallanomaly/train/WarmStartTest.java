package syscallanomaly.train;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.Updates.rmsProp;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import syscallanomaly.model.LanguageModel;
import syscallanomaly.model.NetworkBuilder;
import syscallanomaly.model.NetworkSettings;
import syscallanomaly.vocabulary.Vocabulary;
import syscallanomaly.window.SequenceKind;

class WarmStartTest {
  private static final Vocabulary FORMER = Vocabulary.observed(new int[] {3, 5, 6});

  /** The call 4 is new, 6 has gone, and 5 has another index. */
  private static final Vocabulary NOW = Vocabulary.observed(new int[] {3, 4, 5, 9});

  private static MultiLayerNetwork network(
      SequenceKind kind, int embedding, Vocabulary vocabulary, long seed, Integer... layers) {
    return NetworkBuilder.build(
        new NetworkSettings(List.of(layers), 0.2, embedding),
        kind,
        vocabulary.size(),
        3,
        rmsProp(0.001),
        seed);
  }

  @ParameterizedTest
  @CsvSource({"WINDOWS,0", "WINDOWS,2", "TRACES,0", "TRACES,2"})
  void knownCallsKeepTheirWeightsAndNewOnesHaveThoseOfTheSeed(SequenceKind kind, int embedding) {
    MultiLayerNetwork former = network(kind, embedding, FORMER, 1, 4, 3);
    MultiLayerNetwork now = network(kind, embedding, NOW, 2, 4, 3);
    MultiLayerNetwork drawn = network(kind, embedding, NOW, 2, 4, 3);
    int last = former.getLayers().length - 1;
    former.getLayer(last).getParam("b").assign(7);
    WarmStart start = new WarmStart(former, FORMER);

    assertThat(start.fits(now, NOW)).isTrue();
    assertThat(start.carryOver(now, NOW)).as("known calls").isEqualTo(2);

    INDArray rows = now.getLayer(0).getParam("W");
    INDArray columns = now.getLayer(last).getParam("W");
    INDArray biases = now.getLayer(last).getParam("b");
    int[] formerIndices = {0, 1, -1, 2, -1};
    for (int index = 0; index < NOW.size(); index++) {
      boolean known = formerIndices[index] >= 0;
      MultiLayerNetwork source = known ? former : drawn;
      int at = known ? formerIndices[index] : index;
      assertThat(rows.getRow(index)).isEqualTo(source.getLayer(0).getParam("W").getRow(at));
      assertThat(columns.getColumn(index))
          .isEqualTo(source.getLayer(last).getParam("W").getColumn(at));
      assertThat(biases.getDouble(index)).isEqualTo(known ? 7 : 0);
    }
    for (int layer = 0; layer < last; layer++) {
      if (former.getLayer(layer).getParam("RW") != null) {
        for (String whole : List.of("RW", "b")) {
          assertThat(now.getLayer(layer).getParam(whole))
              .isEqualTo(former.getLayer(layer).getParam(whole));
        }
      }
    }
    int second = Arrays.asList(now.getLayers()).indexOf(now.getLayer(last)) - 2;
    assertThat(now.getLayer(second).getParam("W")).isEqualTo(former.getLayer(second).getParam("W"));
  }

  @Test
  void withTheSameVocabularyThePredictionsAreTheSame() {
    MultiLayerNetwork former = network(SequenceKind.TRACES, 0, FORMER, 1, 5);
    MultiLayerNetwork now = network(SequenceKind.TRACES, 0, FORMER, 2, 5);
    List<int[]> traces = List.of(new int[] {1, 2, 3, 0, 2, 1});
    float[] before =
        new LanguageModel(now.clone()).predictTraces(traces).get(0).negativeLogLikelihood();

    new WarmStart(former, FORMER).carryOver(now, FORMER);

    float[] after = new LanguageModel(now).predictTraces(traces).get(0).negativeLogLikelihood();
    assertThat(after)
        .isEqualTo(new LanguageModel(former).predictTraces(traces).get(0).negativeLogLikelihood())
        .isNotEqualTo(before);
  }

  @Test
  void networksOfOtherSizesDoNotFit() {
    WarmStart start = new WarmStart(network(SequenceKind.WINDOWS, 0, FORMER, 1, 4, 3), FORMER);

    assertThat(start.fits(network(SequenceKind.WINDOWS, 0, NOW, 1, 4, 4), NOW)).isFalse();
    assertThat(start.fits(network(SequenceKind.WINDOWS, 0, NOW, 1, 4), NOW)).isFalse();
    assertThat(start.fits(network(SequenceKind.WINDOWS, 2, NOW, 1, 4, 3), NOW)).isFalse();
    assertThat(start.fits(network(SequenceKind.WINDOWS, 0, FORMER, 1, 4, 3), NOW)).isFalse();
  }
}
