package syscallanomaly.window;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;
import syscallanomaly.Traces;

@ExtendWith(SparkExtension.class)
class SequenceContentTest {
  @Test
  void theKeyIsTheSha256OfTheNumbers(SparkSession spark) {
    int[] trace = Traces.range(250, 3000);
    ByteBuffer bytes = ByteBuffer.allocate(3000 * 4);
    for (int call : trace) {
      bytes.putInt(call);
    }

    List<String> keys =
        Traces.of(spark, trace)
            .select(hex(SequenceContent.of(col("calls"))))
            .as(Encoders.STRING())
            .collectAsList();

    assertThat(keys)
        .containsExactly(
            HexFormat.of().withUpperCase().formatHex(DigestUtils.sha256(bytes.array())));
  }
}
