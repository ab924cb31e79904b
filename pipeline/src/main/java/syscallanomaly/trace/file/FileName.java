package syscallanomaly.trace.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The name of a file, which a file system or an archive keeps as bytes.
 *
 * @param text the bytes as UTF-8; a byte that is none has the form {@code \xNN}
 * @param utf8 whether all bytes are UTF-8
 */
public record FileName(String text, boolean utf8) {
  /** Decodes the bytes of a name. */
  public static FileName of(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    // No byte gives more than one character.
    CharBuffer out = CharBuffer.allocate(bytes.length);
    StringBuilder text = new StringBuilder();
    boolean utf8 = true;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return new FileName(text.toString(), utf8);
      }
      utf8 = false;
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x%02x".formatted(in.get() & 0xff));
      }
      decoder.reset();
    }
  }
}
