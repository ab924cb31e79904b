/**
 * The detector {@code stide}, which counts n-grams that no normal trace holds. Start with {@link
 * syscallanomaly.score.stide.StideFamily}. This package uses {@code score} and {@code trace}.
 */
package syscallanomaly.score.stide;
