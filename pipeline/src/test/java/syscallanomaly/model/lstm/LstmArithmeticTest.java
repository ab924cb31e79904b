package syscallanomaly.model.lstm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import syscallanomaly.model.lstm.LstmArithmetic.CellValues;
import syscallanomaly.model.lstm.LstmArithmetic.Factor;

class LstmArithmeticTest {
  static Stream<LstmArithmetic> all() {
    return Stream.of(new VectorArithmetic(), new BlasArithmetic());
  }

  @ParameterizedTest
  @MethodSource("all")
  void multipliesAndKeepsWhatStandsBesideTheResult(LstmArithmetic arithmetic) {
    Random random = new Random(1);
    for (int rows : new int[] {1, 5, 8, 9, 12, 13, 14, 16, 26, 50}) {
      for (int inner : new int[] {1, 7, 64}) {
        int columns = arithmetic.lanes() * (1 + random.nextInt(5));
        int leftStride = inner + 3;
        float[] left = numbers(rows * leftStride, random);
        float[] right = numbers(inner * columns, random);
        float[] result = numbers((rows + 1 + arithmetic.spareRows()) * columns, random);
        float[] expected = result.clone();
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            for (int k = 0; k < inner; k++) {
              expected[row * columns + column] +=
                  left[row * leftStride + k] * right[k * columns + column];
            }
          }
        }
        Factor factor = arithmetic.factor();
        factor.set(Rows.of(right, columns), inner, columns);
        arithmetic.multiplyAdd(Rows.of(left, leftStride), rows, factor, Rows.of(result, columns));
        assertThat(result).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void multipliesByATransposedFactor(LstmArithmetic arithmetic) {
    Random random = new Random(2);
    int inner = 24;
    int columns = 3 * arithmetic.lanes();
    int rows = 9;
    float[] left = numbers(rows * inner, random);
    float[] right = numbers(columns * inner, random);
    float[] expected = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int k = 0; k < inner; k++) {
          expected[row * columns + column] += left[row * inner + k] * right[column * inner + k];
        }
      }
    }
    float[] result = new float[(rows + arithmetic.spareRows()) * columns];
    Factor factor = arithmetic.factor();
    factor.setTransposed(Rows.of(right, inner), columns, inner);
    arithmetic.multiplyAdd(Rows.of(left, inner), rows, factor, Rows.of(result, columns));
    assertThat(Arrays.copyOf(result, expected.length))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("all")
  void multipliesATransposedMatrix(LstmArithmetic arithmetic) {
    Random random = new Random(3);
    for (int leftColumns : new int[] {1, 13, 30, 64}) {
      int inner = 21;
      int columns = 3 * arithmetic.lanes();
      float[] left = numbers((inner + 1) * leftColumns + 64, random);
      float[] right = numbers(inner * columns, random);
      float[] expected = new float[leftColumns * columns];
      for (int row = 0; row < leftColumns; row++) {
        for (int column = 0; column < columns; column++) {
          for (int k = 0; k < inner; k++) {
            expected[row * columns + column] +=
                left[k * leftColumns + row] * right[k * columns + column];
          }
        }
      }
      float[] result = new float[(leftColumns + arithmetic.spareRows()) * columns];
      Factor factor = arithmetic.factor();
      factor.set(Rows.of(right, columns), inner, columns);
      arithmetic.multiplyTransposedAdd(
          Rows.of(left, leftColumns), leftColumns, factor, Rows.of(result, columns));
      assertThat(Arrays.copyOf(result, expected.length))
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void gatesAreOffByNoMoreThanIsStated(LstmArithmetic arithmetic) {
    int units = 4096;
    float[] gates = new float[4 * units];
    for (int unit = 0; unit < units; unit++) {
      float argument = -20 + 40f * unit / units;
      for (int gate = 0; gate < 4; gate++) {
        gates[gate * units + unit] = argument;
      }
    }
    float[] arguments = gates.clone();
    arithmetic.cellsForward(
        new CellValues(
            1, units, Rows.of(gates, 4 * units), empty(units), empty(units), empty(units)),
        empty(units));
    for (int unit = 0; unit < units; unit++) {
      double z = arguments[unit];
      assertThat((double) gates[unit])
          .isCloseTo(Math.tanh(z), within((double) HyperbolicTangent.LARGEST_ERROR));
      for (int gate = 1; gate < 4; gate++) {
        assertThat((double) gates[gate * units + unit])
            .isCloseTo(1 / (1 + Math.exp(-z)), within((double) HyperbolicTangent.LARGEST_ERROR));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void transposes(LstmArithmetic arithmetic) {
    Random random = new Random(4);
    for (int rows : new int[] {1, 15, 16, 17, 50}) {
      for (int columns : new int[] {1, 20, 33}) {
        float[] from = numbers(2 + rows * (columns + 1), random);
        float[] to = numbers(3 + columns * (rows + 2), random);
        float[] expected = to.clone();
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            expected[3 + column * (rows + 2) + row] = from[2 + row * (columns + 1) + column];
          }
        }
        arithmetic.transpose(
            new Rows(from, 2, columns + 1), rows, columns, new Rows(to, 3, rows + 2));
        assertThat(to).containsExactly(expected);
      }
    }
  }

  private static Rows empty(int units) {
    return Rows.of(new float[units], units);
  }

  private static float[] numbers(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}
