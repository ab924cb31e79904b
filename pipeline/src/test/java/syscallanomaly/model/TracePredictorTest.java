package syscallanomaly.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static syscallanomaly.Traces.calls;
import static syscallanomaly.Updates.rmsProp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TracePredictorTest {
  private static final int SYMBOLS = 7;

  private static LanguageModel model(int embedding) {
    LanguageModel model =
        new LanguageModel(
            NetworkBuilder.buildForTraces(
                new NetworkSettings(List.of(5, 4), 0.2, embedding),
                SYMBOLS,
                10,
                rmsProp(0.001),
                1));
    // Initial weights are so small that the state would hardly matter.
    model.network().params().muli(4);
    return model;
  }

  private static int[] trace(int seed, int calls) {
    return new Random(seed).ints(calls, 0, SYMBOLS).toArray();
  }

  private static void same(Predictions actual, Predictions expected) {
    assertThat(actual.negativeLogLikelihood())
        .containsExactly(expected.negativeLogLikelihood(), within(1e-5f));
    assertThat(actual.rank()).isEqualTo(expected.rank());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void everyCallHasTheProbabilityThatTheWholePrefixGivesIt(int embedding) {
    LanguageModel model = model(embedding);
    int[] trace = calls(3, 1, 6, 6, 2);
    Predictions scores = model.predictTraces(List.of(trace)).get(0);

    // The network's own output, without any carried state.
    INDArray before = Nd4j.createFromArray(new float[][][] {{{0, 3, 1, 6, 6}}});
    INDArray oneHot = Nd4j.zeros(1, SYMBOLS, 5);
    for (int step = 0; step < 5; step++) {
      oneHot.putScalar(0, before.getInt(0, 0, step), step, 1);
    }
    INDArray output = model.network().output(embedding > 0 ? before : oneHot);
    for (int step = 0; step < 5; step++) {
      assertThat((double) scores.negativeLogLikelihood()[step])
          .isCloseTo(-Math.log(output.getDouble(0, trace[step], step)), within(1e-5));
    }
    assertThat(scores.rank()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void piecesGiveTheSameAsOnePass(int embedding) {
    LanguageModel model = model(embedding);
    List<int[]> traces = List.of(trace(1, 9), trace(2, 50), trace(3, 1), trace(4, 50));
    List<Predictions> whole = new TracePredictor(model, 1000).predict(traces);
    for (int predictionsAtATime : new int[] {1, 7, 28}) {
      List<Predictions> pieces = new TracePredictor(model, predictionsAtATime).predict(traces);
      for (int i = 0; i < traces.size(); i++) {
        same(pieces.get(i), whole.get(i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theOtherTracesOfABatchDoNotMatter(int embedding) {
    LanguageModel model = model(embedding);
    List<int[]> traces = List.of(trace(1, 30), trace(2, 3), trace(3, 45), trace(1, 30));
    List<Predictions> together = new TracePredictor(model, 20).predict(traces);
    for (int i = 0; i < traces.size(); i++) {
      same(new TracePredictor(model, 20).predict(List.of(traces.get(i))).get(0), together.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatCameLongBeforeMatters(int embedding) {
    int[] one = trace(1, 20);
    int[] other = one.clone();
    other[0] = (one[0] + 1) % SYMBOLS;
    List<Predictions> scores = model(embedding).predictTraces(List.of(one, other));

    assertThat(Arrays.copyOfRange(scores.get(0).negativeLogLikelihood(), 2, 6))
        .isNotEqualTo(Arrays.copyOfRange(scores.get(1).negativeLogLikelihood(), 2, 6));
  }
}
