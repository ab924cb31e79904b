package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;
import syscallanomaly.trace.format.ParsedTrace;

@ExtendWith(SparkExtension.class)
class ContentFingerprintTest {
  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void theSumIsThatOfTheFormula() {
    int[] many = IntStream.range(0, 10_000).toArray();
    ContentFingerprint fingerprint = new ContentFingerprint();
    fingerprint.add(ParsedTrace.accepted("ä", "#1", new int[] {7, 1 << 20}));
    fingerprint.add(ParsedTrace.accepted("b", many));

    BigInteger sum = digest("ä#1", 7, 1 << 20).add(digest("b", many));
    assertThat(fingerprint.sum()).isEqualTo(sum.mod(BigInteger.TWO.pow(256)));
    assertThat(ContentFingerprint.hex(BigInteger.TEN)).isEqualTo("0".repeat(63) + "a");
    assertThat(
            ContentFingerprint.plus(
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE), BigInteger.TWO))
        .isOne();
  }

  @Test
  void neitherSlicesNorOrderNorPlaceNorRejectsChangeIt() throws Exception {
    Corpus corpus = new Corpus();
    for (int i = 0; i < 100; i++) {
      corpus.with("t/%02d".formatted(i), "3 4 " + i);
    }
    corpus.writeTo(folder);
    Path zip = corpus.zipTo(folder.resolve("x.zip"));
    SparkSession small = spark.newSession();
    small.conf().set("spark.sql.files.maxPartitionBytes", "1");
    TraceSet inFewSlices = read(spark, folder + "/t", 1 << 20, 340);
    TraceSet inManySlices = read(small, folder + "/t", 1 << 20, 340);

    assertThat(inManySlices.traces().rdd().getNumPartitions())
        .isGreaterThan(inFewSlices.traces().rdd().getNumPartitions());
    assertThat(inFewSlices.contentFingerprint())
        .matches("[0-9a-f]{64}")
        .isEqualTo(inManySlices.contentFingerprint())
        .isEqualTo(read(spark, zip + "!/t", 1 << 20, 340).contentFingerprint());

    Files.writeString(folder.resolve("t/reject"), "x");
    assertThat(read(spark, folder + "/t", 1 << 20, 340).contentFingerprint())
        .isEqualTo(inFewSlices.contentFingerprint());
  }

  @Test
  void whatChangesTheAcceptedTracesChangesIt() throws Exception {
    new Corpus().with("t/a", "3 4").with("t/b", "5 300 5").writeTo(folder);
    Path a = folder.resolve("t/a");
    FileTime time = Files.getLastModifiedTime(a);
    TraceSet first = read(spark, folder + "/t", 1 << 20, 340);
    List<String> values = new ArrayList<>(List.of(first.contentFingerprint()));
    values.add(read(spark, folder + "/t", 6, 340).contentFingerprint());
    values.add(read(spark, folder + "/t", 3, 299).contentFingerprint());

    Files.writeString(a, "4 3");
    Files.setLastModifiedTime(a, time);
    TraceSet changed = read(spark, folder + "/t", 1 << 20, 340);
    values.add(changed.contentFingerprint());
    assertThat(changed.fingerprint()).as("name, size and time").isEqualTo(first.fingerprint());

    Files.move(a, folder.resolve("t/c"));
    values.add(read(spark, folder + "/t", 1 << 20, 340).contentFingerprint());

    Set<String> distinct = new HashSet<>(values);
    assertThat(distinct).as("larger than 6 bytes is b, and b alone has 300").hasSize(4);
    assertThat(values.get(1)).isEqualTo(values.get(2));
  }

  private static BigInteger digest(String id, int... calls) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(4 + name.length + 4 * calls.length);
    bytes.putInt(name.length).put(name);
    for (int call : calls) {
      bytes.putInt(call);
    }
    return new BigInteger(1, DigestUtils.sha256(bytes.array()));
  }

  private static TraceSet read(SparkSession session, String place, long maxBytes, int largestCall) {
    TraceSettings settings = new TraceSettings("adfa-ld", "", place, "", "", maxBytes, 1);
    return new TraceReader(session, settings, largestCall).read(Split.TRAINING);
  }
}
