package syscallanomaly.score.ensemble;

public sealed interface Combination extends java.io.Serializable {
  record SoftMinimum(double temperature) implements Combination {}

  record Sum() implements Combination {}
}
