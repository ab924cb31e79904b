package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static syscallanomaly.Updates.rmsProp;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import syscallanomaly.window.SequenceKind;

class NetworkBuilderTest {
  @Test
  void theNotebooksNetworkHasTheNotebooksParameters() {
    MultiLayerNetwork network =
        NetworkBuilder.build(
            new NetworkSettings(List.of(64, 256, 100), 0.2, 0), 341, 19, rmsProp(0.001), 1);

    assertThat(LayerSummary.of(network))
        .containsExactly(
            new LayerSummary("LSTM 64", 103_936),
            new LayerSummary("LSTM 256", 328_704),
            new LayerSummary("LSTM 100", 142_800),
            new LayerSummary("softmax 341", 34_441));
    assertThat(network.numParams()).isEqualTo(609_881);
  }

  @Test
  void anEmbeddingReplacesTheOneHotInput() {
    MultiLayerNetwork network =
        NetworkBuilder.build(new NetworkSettings(List.of(16), 0, 8), 50, 19, rmsProp(0.001), 1);

    assertThat(LayerSummary.of(network))
        .containsExactly(
            new LayerSummary("embedding 8", 400),
            new LayerSummary("LSTM 16", 4 * (8 + 16 + 1) * 16),
            new LayerSummary("softmax 50", 17 * 50));
  }

  @Test
  void theNumberOfParametersFollowsFromTheSettings() {
    for (int embedding : new int[] {0, 8}) {
      NetworkSettings settings = new NetworkSettings(List.of(16, 12), 0.2, embedding);
      for (SequenceKind kind : SequenceKind.values()) {
        assertThat(settings.parameters(50))
            .as("embedding %d, %s", embedding, kind)
            .isEqualTo(NetworkBuilder.build(settings, kind, 50, 19, rmsProp(0.001), 1).numParams());
      }
    }
  }

  @Test
  void theKindDecidesWhatANetworkReads() {
    NetworkSettings settings = new NetworkSettings(List.of(16), 0, 0);
    MultiLayerNetwork ofTraces =
        NetworkBuilder.build(settings, SequenceKind.TRACES, 50, 7, rmsProp(0.001), 1);
    MultiLayerNetwork ofWindows =
        NetworkBuilder.build(settings, SequenceKind.WINDOWS, 50, 7, rmsProp(0.001), 1);

    assertThat(LanguageModel.readsTraces(ofTraces)).isTrue();
    assertThat(ofTraces.getLayerWiseConfigurations().getTbpttFwdLength()).isEqualTo(7);
    assertThat(LanguageModel.readsTraces(ofWindows)).isFalse();
  }

  @Test
  void aNetworkForTracesHasTheSameLayersAndPredictsEveryCall() {
    NetworkSettings settings = new NetworkSettings(List.of(16, 12), 0.2, 8);
    MultiLayerNetwork network = NetworkBuilder.buildForTraces(settings, 50, 100, rmsProp(0.001), 1);
    LanguageModel read = LanguageModel.fromBytes(new LanguageModel(network).toBytes());

    assertThat(LayerSummary.of(network))
        .isEqualTo(LayerSummary.of(NetworkBuilder.build(settings, 50, 19, rmsProp(0.001), 1)));
    assertThat(LanguageModel.readsTraces(network)).isTrue();
    assertThat(read.readsTraces()).isTrue();
    assertThat(read.network().getLayerWiseConfigurations().getTbpttFwdLength()).isEqualTo(100);
    assertThat(read.predictTraces(List.of(new int[] {1, 2, 3})).get(0).rank()).hasSize(3);
    assertThat(LanguageModel.readsTraces(NetworkBuilder.build(settings, 50, 19, rmsProp(0.001), 1)))
        .isFalse();
  }

  @Test
  void oneHotCallsOfTracesDifferFromTheStart() {
    NetworkSettings settings = new NetworkSettings(List.of(64, 64), 0.2, 0);
    MultiLayerNetwork network =
        NetworkBuilder.buildForTraces(settings, 151, 100, rmsProp(0.001), 1);

    MultiLayerNetwork ofWindows = NetworkBuilder.build(settings, 151, 19, rmsProp(0.001), 1);

    assertThat(variance(network, "0_W")).isCloseTo(1, within(0.02));
    assertThat(variance(ofWindows, "0_W")).isLessThan(0.01);
    for (String parameter : List.of("0_RW", "2_W", "2_RW")) {
      assertThat(variance(network, parameter))
          .as(parameter)
          .isCloseTo(variance(ofWindows, parameter), withinPercentage(5));
    }
  }

  private static double variance(MultiLayerNetwork network, String parameter) {
    return network.getParam(parameter).varNumber().doubleValue();
  }

  @Test
  void theSeedDecidesTheWeights() {
    NetworkSettings settings = new NetworkSettings(List.of(4), 0.2, 0);

    assertThat(NetworkBuilder.build(settings, 5, 3, rmsProp(0.001), 1).params())
        .isEqualTo(NetworkBuilder.build(settings, 5, 3, rmsProp(0.001), 1).params())
        .isNotEqualTo(NetworkBuilder.build(settings, 5, 3, rmsProp(0.001), 2).params());
  }

  @Test
  void aNetworkThatKnowsNothingFindsEveryCallAboutEquallyLikely() {
    LanguageModel model =
        new LanguageModel(
            NetworkBuilder.build(new NetworkSettings(List.of(4), 0.2, 0), 8, 3, rmsProp(0.001), 1));
    Predictions scores = model.predict(List.of(new int[] {1, 2, 3, 4}, new int[] {0, 0, 0, 7}));

    assertThat(model.symbols()).isEqualTo(8);
    assertThat((double) scores.negativeLogLikelihood()[0]).isCloseTo(Math.log(8), within(0.5));
    assertThat(scores.rank()[1]).isBetween(0, 7);
  }

  @Test
  void ranksAndSurprisesFitEachOther() {
    LanguageModel model =
        new LanguageModel(
            NetworkBuilder.build(new NetworkSettings(List.of(4), 0, 0), 5, 2, rmsProp(0.001), 1));
    double probability = 0;
    int[] ranks = new int[5];
    for (int call = 0; call < 5; call++) {
      Predictions scores = model.predict(List.of(new int[] {1, 2, call}));
      probability += Math.exp(-scores.negativeLogLikelihood()[0]);
      ranks[scores.rank()[0]]++;
    }
    assertThat(probability).isCloseTo(1, within(1e-5));
    assertThat(ranks).containsOnly(1);
  }
}
