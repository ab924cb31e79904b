package syscallanomaly.score.ensemble;

import java.io.Serializable;
import java.util.List;

/**
 * A detector made of others, its parts.
 *
 * @param name name of the ensemble, as that of a detector
 * @param parts names of the detectors that it combines, at least one
 * @param combination how it combines them
 */
public record Ensemble(String name, List<String> parts, Combination combination)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if there are no parts
   */
  public Ensemble {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot make the ensemble %s: it has no parts; name at least one detector"
              .formatted(name));
    }
  }

  /**
   * The score of a trace; a higher one is more anomalous.
   *
   * @param z finite z of each part, in the order of {@link #parts}
   * @throws IllegalArgumentException if there are not as many z as parts
   */
  public double score(double... z) {
    return combination.of(ofParts(z));
  }

  /**
   * The part that finds a trace most anomalous: the one with the largest z, the first one of equal.
   *
   * @param z finite z of each part, in the order of {@link #parts}
   * @throws IllegalArgumentException if there are not as many z as parts
   */
  public String loudest(double... z) {
    ofParts(z);
    int loudest = 0;
    for (int i = 1; i < z.length; i++) {
      if (z[i] > z[loudest]) {
        loudest = i;
      }
    }
    return parts.get(loudest);
  }

  private double[] ofParts(double[] z) {
    if (z.length != parts.size()) {
      throw new IllegalArgumentException(
          "Cannot combine %d z in the ensemble %s: it has %d parts; give the z of each"
              .formatted(z.length, name, parts.size()));
    }
    return z;
  }
}
