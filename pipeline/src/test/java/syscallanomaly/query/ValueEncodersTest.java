package syscallanomaly.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.Tuple2;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class ValueEncodersTest {
  @Test
  void theyStoreValuesAsSparksOwnDo(SparkSession spark) {
    assertLike(ValueEncoders.STRING, Encoders.STRING());
    assertLike(ValueEncoders.INT, Encoders.INT());
    assertLike(ValueEncoders.LONG, Encoders.LONG());
    assertLike(ValueEncoders.DOUBLE, Encoders.DOUBLE());
    assertLike(ValueEncoders.BINARY, Encoders.BINARY());
    assertLike(ValueEncoders.INTS, spark.implicits().newIntArrayEncoder());
    assertLike(ValueEncoders.LONGS, spark.implicits().newLongArrayEncoder());
  }

  private static void assertLike(Encoder<?> own, Encoder<?> sparks) {
    assertThat(own.schema()).isEqualTo(sparks.schema());
    assertThat(own.clsTag()).isEqualTo(sparks.clsTag());
  }

  @Test
  void arraysComeBackAsTheyWere(SparkSession spark) {
    Dataset<Tuple2<int[], long[]>> arrays =
        spark.createDataset(
            List.of(
                new Tuple2<>(new int[] {3, -1}, new long[] {1L << 40}),
                new Tuple2<>(new int[0], new long[0])),
            Encoders.tuple(ValueEncoders.INTS, ValueEncoders.LONGS));
    assertThat(arrays.collectAsList())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new Tuple2<>(new int[] {3, -1}, new long[] {1L << 40}),
            new Tuple2<>(new int[0], new long[0]));
  }
}
