package syscallanomaly.score.containment;

/** The mean of the largest of many numbers. Its memory grows with how many are asked for only. */
final class LargestMean {
  /** The largest numbers so far in descending order, in the first {@link #held} places. */
  private final double[] largest;

  private int held;

  /**
   * @param most how many numbers count, at least 1
   */
  LargestMean(int most) {
    this.largest = new double[most];
  }

  /** Forgets all numbers. */
  void clear() {
    held = 0;
  }

  void add(double value) {
    if (held == largest.length) {
      if (value <= largest[held - 1]) {
        return;
      }
      held--;
    }
    int place = held++;
    while (place > 0 && largest[place - 1] < value) {
      largest[place] = largest[place - 1];
      place--;
    }
    largest[place] = value;
  }

  /** The mean of the largest numbers, of all if there are fewer; NaN if there are none. */
  double mean() {
    double sum = 0;
    for (int i = 0; i < held; i++) {
      sum += largest[i];
    }
    return sum / held;
  }
}
