package syscallanomaly.model.lstm;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Arithmetic that uses the vector instructions of the CPU through Java's Vector API. */
final class VectorArithmetic extends LstmArithmetic {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL_COLUMNS = 2 * LANES;
  private static final int AVX512_LANES = 16;

  // Constants, because a broadcast at the place of use would allocate an object each time.
  private static final FloatVector ONE = broadcast(1f);
  private static final FloatVector HALF = broadcast(0.5f);
  private static final FloatVector LIMIT = broadcast(HyperbolicTangent.LIMIT);
  private static final FloatVector LEAST = broadcast(-HyperbolicTangent.LIMIT);
  private static final FloatVector P1 = broadcast(HyperbolicTangent.P1);
  private static final FloatVector P3 = broadcast(HyperbolicTangent.P3);
  private static final FloatVector P5 = broadcast(HyperbolicTangent.P5);
  private static final FloatVector P7 = broadcast(HyperbolicTangent.P7);
  private static final FloatVector P9 = broadcast(HyperbolicTangent.P9);
  private static final FloatVector P11 = broadcast(HyperbolicTangent.P11);
  private static final FloatVector P13 = broadcast(HyperbolicTangent.P13);
  private static final FloatVector Q0 = broadcast(HyperbolicTangent.Q0);
  private static final FloatVector Q2 = broadcast(HyperbolicTangent.Q2);
  private static final FloatVector Q4 = broadcast(HyperbolicTangent.Q4);
  private static final FloatVector Q6 = broadcast(HyperbolicTangent.Q6);

  /** The tile with the most rows comes first: {@link #spareRows} relies on it. */
  private final RegisterTile[] tiles =
      LANES >= AVX512_LANES
          ? new RegisterTile[] {new WideTile(), new ShortTile()}
          : new RegisterTile[] {new NarrowTile()};

  private float[] leftPanels = {};

  @Override
  int lanes() {
    return LANES;
  }

  @Override
  int spareRows() {
    return tiles[0].rows();
  }

  /**
   * Chooses the tile that takes the least work for a number of rows. The rows that only fill up the
   * last tile count as work.
   */
  private RegisterTile tileFor(int rows) {
    RegisterTile best = tiles[0];
    for (RegisterTile tile : tiles) {
      if (work(rows, tile) < work(rows, best)) {
        best = tile;
      }
    }
    return best;
  }

  /**
   * A tile also loads two vectors of the right operand in each iteration, which costs about as much
   * as one more row.
   */
  private static int work(int rows, RegisterTile tile) {
    return tilesOf(rows, tile) * (tile.rows() + 1);
  }

  private static int tilesOf(int rows, RegisterTile tile) {
    return (rows + tile.rows() - 1) / tile.rows();
  }

  @Override
  Factor factor() {
    return new Panels();
  }

  /**
   * The right operand in panels of {@link #PANEL_COLUMNS} columns, each stored row by row. Zeros
   * fill up the last panel. They leave unchanged whatever follows a row of the result.
   */
  private static final class Panels implements Factor {
    private float[] values = {};
    private int rows;
    private int columns;

    @Override
    public void set(Rows matrix, int rows, int columns) {
      resize(rows, columns);
      int to = 0;
      for (int first = 0; first < columns; first += PANEL_COLUMNS) {
        boolean full = first + LANES < columns;
        int from = matrix.start() + first;
        for (int row = 0; row < rows; row++, from += matrix.stride(), to += PANEL_COLUMNS) {
          FloatVector.fromArray(SPECIES, matrix.values(), from).intoArray(values, to);
          FloatVector second =
              full
                  ? FloatVector.fromArray(SPECIES, matrix.values(), from + LANES)
                  : FloatVector.zero(SPECIES);
          second.intoArray(values, to + LANES);
        }
      }
    }

    @Override
    public void setTransposed(Rows matrix, int rows, int columns) {
      resize(columns, rows);
      if (rows % PANEL_COLUMNS != 0) {
        Arrays.fill(values, 0, size(), 0f);
      }
      for (int first = 0; first < rows; first += PANEL_COLUMNS) {
        gather(
            matrix.from(first),
            Math.min(PANEL_COLUMNS, rows - first),
            columns,
            new Rows(values, first * columns, PANEL_COLUMNS));
      }
    }

    private void resize(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      if (values.length < size()) {
        values = new float[size()];
      }
    }

    private int size() {
      return (columns + PANEL_COLUMNS - 1) / PANEL_COLUMNS * PANEL_COLUMNS * rows;
    }
  }

  @Override
  protected void addProduct(Rows left, int rows, Factor factor, Rows result) {
    Panels right = (Panels) factor;
    int inner = right.rows;
    RegisterTile tile = tileFor(rows);
    int height = tile.rows();
    reserveLeft(tilesOf(rows, tile) * height, inner);
    for (int first = 0; first < rows; first += height) {
      int panel = first * inner;
      int present = Math.min(height, rows - first);
      if (present < height) {
        Arrays.fill(leftPanels, panel, panel + height * inner, 0f);
      }
      transpose(left.from(first), present, inner, new Rows(leftPanels, panel, height));
    }
    multiplyPanels(tile, rows, right, result);
  }

  @Override
  protected void addTransposedProduct(Rows left, int columns, Factor factor, Rows result) {
    Panels right = (Panels) factor;
    int inner = right.rows;
    RegisterTile tile = tileFor(columns);
    int height = tile.rows();
    reserveLeft(tilesOf(columns, tile) * height, inner);
    for (int first = 0; first < columns; first += height) {
      int to = first * inner;
      int from = left.start() + first;
      int present = Math.min(height, columns - first);
      if (present == height && height <= LANES) {
        // The next store overwrites what a vector holds beyond the rows of the panel.
        for (int k = 0; k < inner; k++, from += left.stride(), to += height) {
          FloatVector.fromArray(SPECIES, left.values(), from).intoArray(leftPanels, to);
        }
        continue;
      }
      Arrays.fill(leftPanels, to, to + height * inner, 0f);
      for (int k = 0; k < inner; k++, from += left.stride(), to += height) {
        System.arraycopy(left.values(), from, leftPanels, to, present);
      }
    }
    multiplyPanels(tile, columns, right, result);
  }

  private void reserveLeft(int rows, int inner) {
    int size = rows * inner + LANES;
    if (leftPanels.length < size) {
      leftPanels = new float[size];
    }
  }

  private void multiplyPanels(RegisterTile tile, int rows, Panels right, Rows result) {
    int inner = right.rows;
    for (int column = 0; column < right.columns; column += PANEL_COLUMNS) {
      for (int row = 0; row < rows; row += tile.rows()) {
        tile.multiplyAdd(
            leftPanels,
            row * inner,
            right.values,
            column * inner,
            inner,
            result.values(),
            result.row(row) + column,
            result.stride());
      }
    }
  }

  @Override
  void transpose(Rows from, int rows, int columns, Rows to) {
    if (rows < LANES) {
      super.transpose(from, rows, columns, to);
    } else {
      gather(from, rows, columns, to);
    }
  }

  /** Transposes a matrix that has at least as many rows as a vector has lanes. */
  private static void gather(Rows from, int rows, int columns, Rows to) {
    int[] offsets = new int[LANES];
    Arrays.setAll(offsets, lane -> lane * from.stride());
    for (int next = 0; next < rows; next += LANES) {
      // The last vector may copy some rows a second time.
      int first = Math.min(next, rows - LANES);
      int source = from.row(first);
      int target = to.start() + first;
      for (int column = 0; column < columns; column++, target += to.stride()) {
        FloatVector.fromArray(SPECIES, from.values(), source + column, offsets, 0)
            .intoArray(to.values(), target);
      }
    }
  }

  @Override
  void cellsForward(CellValues cells, Rows hidden) {
    int units = cells.units();
    float[] gates = cells.gates().values();
    for (int row = 0; row < cells.rows(); row++) {
      int gate = cells.gates().row(row);
      tanh(gates, gate, gates, gate, units);
      sigmoid(gates, gate + units, 3 * units);
      nextCells(cells, row);
      tanh(
          cells.after().values(),
          cells.after().row(row),
          cells.tanh().values(),
          cells.tanh().row(row),
          units);
      outputs(cells, row, hidden);
    }
  }

  // The loops are small, because Java does not compile a large one to vector instructions.

  private static void tanh(float[] from, int fromStart, float[] to, int toStart, int length) {
    for (int i = 0; i < length; i += LANES) {
      tanh(FloatVector.fromArray(SPECIES, from, fromStart + i)).intoArray(to, toStart + i);
    }
  }

  private static void sigmoid(float[] values, int start, int length) {
    for (int i = start; i < start + length; i += LANES) {
      tanh(FloatVector.fromArray(SPECIES, values, i).mul(HALF))
          .fma(HALF, HALF)
          .intoArray(values, i);
    }
  }

  private static void nextCells(CellValues cells, int row) {
    int units = cells.units();
    float[] gates = cells.gates().values();
    int gate = cells.gates().row(row);
    int before = cells.before().row(row);
    int after = cells.after().row(row);
    for (int unit = 0; unit < units; unit += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, gates, gate + unit);
      FloatVector forget = FloatVector.fromArray(SPECIES, gates, gate + units + unit);
      FloatVector input = FloatVector.fromArray(SPECIES, gates, gate + 3 * units + unit);
      FloatVector previous = FloatVector.fromArray(SPECIES, cells.before().values(), before + unit);
      forget.fma(previous, input.mul(a)).intoArray(cells.after().values(), after + unit);
    }
  }

  private static void outputs(CellValues cells, int row, Rows hidden) {
    int gate = cells.gates().row(row) + 2 * cells.units();
    int tanh = cells.tanh().row(row);
    int out = hidden.row(row);
    for (int unit = 0; unit < cells.units(); unit += LANES) {
      FloatVector.fromArray(SPECIES, cells.gates().values(), gate + unit)
          .mul(FloatVector.fromArray(SPECIES, cells.tanh().values(), tanh + unit))
          .intoArray(hidden.values(), out + unit);
    }
  }

  @Override
  void cellsBackward(CellValues cells, Rows hidden, float[] cell, float[] bias) {
    int units = cells.units();
    float[] gates = cells.gates().values();
    for (int row = 0; row < cells.rows(); row++) {
      int gate = cells.gates().row(row);
      int before = cells.before().row(row);
      int tanh = cells.tanh().row(row);
      int in = hidden.row(row);
      int state = row * units;
      for (int unit = 0; unit < units; unit += LANES) {
        int i = gate + unit;
        int f = i + units;
        int o = f + units;
        int g = o + units;
        FloatVector a = FloatVector.fromArray(SPECIES, gates, i);
        FloatVector forget = FloatVector.fromArray(SPECIES, gates, f);
        FloatVector output = FloatVector.fromArray(SPECIES, gates, o);
        FloatVector input = FloatVector.fromArray(SPECIES, gates, g);
        FloatVector t = FloatVector.fromArray(SPECIES, cells.tanh().values(), tanh + unit);
        FloatVector dh = FloatVector.fromArray(SPECIES, hidden.values(), in + unit);
        // c reaches the loss through h and through the c of the next time step.
        FloatVector through = dh.mul(output);
        FloatVector dc =
            slopeOfTanh(t).fma(through, FloatVector.fromArray(SPECIES, cell, state + unit));
        FloatVector previous =
            FloatVector.fromArray(SPECIES, cells.before().values(), before + unit);
        FloatVector da = dc.mul(input).mul(slopeOfTanh(a));
        FloatVector df = dc.mul(previous).mul(slopeOfSigmoid(forget));
        FloatVector dO = dh.mul(t).mul(slopeOfSigmoid(output));
        FloatVector dg = dc.mul(a).mul(slopeOfSigmoid(input));
        dc.mul(forget).intoArray(cell, state + unit);
        put(da, gates, i, bias, unit);
        put(df, gates, f, bias, units + unit);
        put(dO, gates, o, bias, 2 * units + unit);
        put(dg, gates, g, bias, 3 * units + unit);
      }
    }
  }

  private static void put(FloatVector value, float[] gates, int gate, float[] bias, int column) {
    value.intoArray(gates, gate);
    FloatVector.fromArray(SPECIES, bias, column).add(value).intoArray(bias, column);
  }

  /** The derivative of tanh at the point where tanh has this value: 1 - value^2. */
  private static FloatVector slopeOfTanh(FloatVector value) {
    return value.neg().fma(value, ONE);
  }

  private static FloatVector slopeOfSigmoid(FloatVector value) {
    return value.neg().fma(value, value);
  }

  private static FloatVector tanh(FloatVector argument) {
    FloatVector x = argument.max(LEAST).min(LIMIT);
    FloatVector x2 = x.mul(x);
    FloatVector p = P13.fma(x2, P11).fma(x2, P9).fma(x2, P7).fma(x2, P5).fma(x2, P3).fma(x2, P1);
    FloatVector q = Q6.fma(x2, Q4).fma(x2, Q2).fma(x2, Q0);
    return x.mul(p).div(q);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
