package syscallanomaly.score.ensemble;

public record Ensemble(String name, java.util.List<String> parts, Combination combination)
    implements java.io.Serializable {
  public double score(double[] z) {
    return 0;
  }

  public int loudest(double[] z) {
    return 0;
  }
}
