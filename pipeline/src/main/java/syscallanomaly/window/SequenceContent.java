package syscallanomaly.window;

import static org.apache.spark.sql.functions.udf;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * A short key of what a sequence contains. Tables are grouped, joined and sorted by the key, so
 * that Spark moves 32 bytes for a sequence and not all its calls.
 */
public final class SequenceContent {
  /** Key of a sequence: binary, 32 bytes. */
  public static final String CONTENT = "content";

  /** Number of calls that are digested at a time. */
  private static final int PIECE = 1024;

  private SequenceContent() {}

  /**
   * The SHA-256 (FIPS 180-4) of a sequence's numbers, each as 4 bytes, the highest first. Sequences
   * with the same key count as equal.
   *
   * @param sequence array of int without null
   */
  public static Column of(Column sequence) {
    UDF1<Seq<Integer>, byte[]> key = SequenceContent::digest;
    return udf(key, DataTypes.BinaryType).apply(sequence);
  }

  private static byte[] digest(Seq<Integer> sequence) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    ByteBuffer piece = ByteBuffer.allocate(PIECE * Integer.BYTES);
    scala.collection.Iterator<Integer> calls = sequence.iterator();
    while (calls.hasNext()) {
      piece.putInt(calls.next());
      if (!piece.hasRemaining()) {
        digest.update(piece.flip());
        piece.clear();
      }
    }
    digest.update(piece.flip());
    return digest.digest();
  }
}
