package syscallanomaly.trace.line;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file is packed, as the end of its name says. */
public enum Packing {
  /** Not packed. */
  NONE(""),
  /** One gzip member or several (RFC 1952). */
  GZIP(".gz"),
  /** One frame of Zstandard or several (RFC 8878). */
  ZSTD(".zst");

  private final String suffix;

  Packing(String suffix) {
    this.suffix = suffix;
  }

  /** The packing of a file with this name. Case does not matter. */
  public static Packing of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(GZIP.suffix) ? GZIP : lower.endsWith(ZSTD.suffix) ? ZSTD : NONE;
  }

  /** The name of a file without the part that tells its packing. */
  public static String unpackedName(String name) {
    return name.substring(0, name.length() - of(name).suffix.length());
  }

  /**
   * Unpacks a file as it is read.
   *
   * @throws IOException if the content is not packed in this way; the stream throws it, too
   */
  public InputStream unpack(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      // Java's own class takes whatever follows the first member for its end, if no byte is known
      // to be available.
      case GZIP -> new GzipCompressorInputStream(packed, /* decompressConcatenated= */ true);
      case ZSTD -> new ZstdInputStream(packed);
    };
  }
}
