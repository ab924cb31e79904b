package syscallanomaly.model.lstm;

/**
 * A rational approximation of the hyperbolic tangent in single precision:
 *
 * <pre>{@code
 * tanh(x) = x P(x^2) / Q(x^2)
 * P(y) = P1 + P3 y + P5 y^2 + P7 y^3 + P9 y^4 + P11 y^5 + P13 y^6
 * Q(y) = Q0 + Q2 y + Q4 y^2 + Q6 y^3
 * }</pre>
 *
 * for x clamped to +-{@link #LIMIT}. The coefficients are those of {@code generic_fast_tanh_float}
 * in the library Eigen. The sigmoid follows from it: {@code 1 / (1 + exp(-x)) = 1/2 + tanh(x/2) /
 * 2}. The absolute error of both is at most {@value #LARGEST_ERROR}.
 */
final class HyperbolicTangent {
  /** Largest absolute error of {@link #tanh} and of {@link #sigmoid}. */
  static final float LARGEST_ERROR = 5.0e-7f;

  /** Arguments beyond this limit have the hyperbolic tangent 1 (or -1) in single precision. */
  static final float LIMIT = 7.905311f;

  static final float P1 = 4.8935246e-3f;
  static final float P3 = 6.3726195e-4f;
  static final float P5 = 1.48572235e-5f;
  static final float P7 = 5.1222973e-8f;
  static final float P9 = -8.604672e-11f;
  static final float P11 = 2.000188e-13f;
  static final float P13 = -2.7607684e-16f;
  static final float Q0 = 4.893525e-3f;
  static final float Q2 = 2.2684347e-3f;
  static final float Q4 = 1.1853471e-4f;
  static final float Q6 = 1.1982584e-6f;

  private HyperbolicTangent() {}

  static float tanh(float argument) {
    float x = Math.max(-LIMIT, Math.min(LIMIT, argument));
    float x2 = x * x;
    float p = P11 + x2 * P13;
    p = P9 + x2 * p;
    p = P7 + x2 * p;
    p = P5 + x2 * p;
    p = P3 + x2 * p;
    p = P1 + x2 * p;
    float q = Q4 + x2 * Q6;
    q = Q2 + x2 * q;
    q = Q0 + x2 * q;
    return x * p / q;
  }

  static float sigmoid(float argument) {
    return 0.5f + 0.5f * tanh(0.5f * argument);
  }
}
