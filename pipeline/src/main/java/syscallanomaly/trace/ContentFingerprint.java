package syscallanomaly.trace;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import syscallanomaly.trace.format.ParsedTrace;

/**
 * Sums up what the accepted traces of a slice are, for {@link TraceSet#contentFingerprint()}.
 *
 * <p>The fingerprint of a set of traces is
 *
 * <pre>(h(1) + h(2) + ... + h(n)) mod 2^256,
 * h(i) = SHA-256(bytes in id(i), id(i) in UTF-8, calls(i))</pre>
 *
 * where the number of bytes and each call are 4 bytes, the highest first. A sum does not depend on
 * the order of its terms, so that neither slices nor tasks change it. The method is AdHash (Bellare
 * and Micciancio: A New Paradigm for Collision-free Hashing, 1997). It tells sets apart that differ
 * by accident. It does not withstand somebody who makes up traces on purpose: two sets with the
 * same sum of 256 bits can be found in about 2^32 steps (Wagner: A Generalized Birthday Problem,
 * 2002).
 */
final class ContentFingerprint {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  private static final int BUFFER_CALLS = 1 << 12;

  private final MessageDigest digest = DigestUtils.getSha256Digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_CALLS * Integer.BYTES);
  private BigInteger sum = BigInteger.ZERO;

  /** Adds an accepted trace. */
  void add(ParsedTrace trace) {
    byte[] id = trace.traceId().getBytes(StandardCharsets.UTF_8);
    digest.update(buffer.clear().putInt(id.length).flip());
    digest.update(id);
    int[] calls = trace.calls();
    for (int start = 0; start < calls.length; start += BUFFER_CALLS) {
      int count = Math.min(BUFFER_CALLS, calls.length - start);
      buffer.clear().limit(count * Integer.BYTES);
      buffer.asIntBuffer().put(calls, start, count);
      digest.update(buffer);
    }
    sum = plus(sum, new BigInteger(1, digest.digest()));
  }

  /** Sum of the traces added so far, 0 to 2^256 - 1. */
  BigInteger sum() {
    return sum;
  }

  /** Sum of two sets of traces that have none in common. */
  static BigInteger plus(BigInteger one, BigInteger other) {
    return one.add(other).mod(MODULUS);
  }

  /** The sum as 64 hexadecimal digits. */
  static String hex(BigInteger sum) {
    return "%064x".formatted(sum);
  }
}
