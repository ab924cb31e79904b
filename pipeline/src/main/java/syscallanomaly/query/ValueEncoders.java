package syscallanomaly.query;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;

/**
 * Encoders of the values that Datasets of this program hold, for {@link
 * org.apache.spark.sql.Encoders#tuple}.
 *
 * <p>They store values as those of {@link org.apache.spark.sql.Encoders} do. Those look up Scala's
 * types by reflection first, which takes time in a short run.
 */
public final class ValueEncoders {
  public static final Encoder<String> STRING = of(AgnosticEncoders.StringEncoder$.MODULE$);
  public static final Encoder<Integer> INT = of(AgnosticEncoders.BoxedIntEncoder$.MODULE$);
  public static final Encoder<Long> LONG = of(AgnosticEncoders.BoxedLongEncoder$.MODULE$);
  public static final Encoder<Double> DOUBLE = of(AgnosticEncoders.BoxedDoubleEncoder$.MODULE$);
  public static final Encoder<byte[]> BINARY = of(AgnosticEncoders.BinaryEncoder$.MODULE$);

  /** Encodes an array of {@code int} as it is, without a box for each number. */
  @SuppressWarnings("unchecked")
  public static final Encoder<int[]> INTS =
      (Encoder<int[]>) array(AgnosticEncoders.PrimitiveIntEncoder$.MODULE$);

  /** Encodes an array of {@code long} as it is, without a box for each number. */
  @SuppressWarnings("unchecked")
  public static final Encoder<long[]> LONGS =
      (Encoder<long[]>) array(AgnosticEncoders.PrimitiveLongEncoder$.MODULE$);

  private ValueEncoders() {}

  private static <T> Encoder<T> of(AgnosticEncoder<T> encoder) {
    return ExpressionEncoder.apply(encoder);
  }

  private static Encoder<?> array(AgnosticEncoder<?> element) {
    return of(new AgnosticEncoders.ArrayEncoder<>(element, false));
  }
}
