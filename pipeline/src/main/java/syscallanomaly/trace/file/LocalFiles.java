package syscallanomaly.trace.file;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Paths of the local file system, where a name is any bytes but / and 0. Java's strings hold only
 * those names that the encoding of the process has. URIs hold all of them, so they lead from a text
 * to a path and back, whatever LANG says.
 */
final class LocalFiles {
  private static final String KEPT = "/-._~";

  private LocalFiles() {}

  /**
   * Returns the path whose bytes are a text in UTF-8.
   *
   * @param text absolute path
   */
  static Path path(String text) {
    StringBuilder uri = new StringBuilder("file://");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isAsciiLetterOrDigit(b) || KEPT.indexOf(b) >= 0) {
        uri.append((char) b);
      } else {
        uri.append("%%%02X".formatted(b));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  /** The last part of an absolute path. */
  static FileName name(Path file) {
    String name = file.getFileName().toString();
    // All encodings of systems that Spark runs on keep ASCII as it is.
    return name.chars().allMatch(c -> c < 0x80)
        ? new FileName(name, true)
        : FileName.of(bytes(file.toUri().getRawPath(), true));
  }

  /** A whole absolute path as people read it. */
  static String text(Path file) {
    return FileName.of(bytes(file.toUri().getRawPath(), false)).text();
  }

  private static byte[] bytes(String rawPath, boolean lastPart) {
    int end =
        rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
    int start = lastPart ? rawPath.lastIndexOf('/', end - 1) + 1 : 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = start; i < end; i++) {
      char c = rawPath.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isAsciiLetterOrDigit(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
  }
}
