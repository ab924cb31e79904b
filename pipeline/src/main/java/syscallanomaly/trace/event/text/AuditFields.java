package syscallanomaly.trace.event.text;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;

/** The fields of an audit record. The first field with a key counts. */
final class AuditFields {
  private static final char GROUP_SEPARATOR = 0x1d;

  private final String line;
  private final int start;
  private final int end;

  private AuditFields(String line, int start, int end) {
    this.line = line;
    this.start = start;
    this.end = end;
  }

  /** The fields that stand behind an index. */
  static AuditFields of(String line, int start) {
    int separator = line.indexOf(GROUP_SEPARATOR, start);
    return new AuditFields(line, start, separator < 0 ? line.length() : separator);
  }

  /** The field's text as it stands in the line, or null if there is no such field. */
  String plain(String key) {
    return find(key, start, end);
  }

  /** The field's text among the names that the audit daemon added, or null. */
  String enriched(String key) {
    return end == line.length() ? null : find(key, end, line.length());
  }

  /**
   * A field with text that a process chose: in quotes, or in base 16. Null if there is no such
   * field, or no text in it.
   */
  String text(String key) {
    String value = plain(key);
    if (value == null || value.equals("(null)")) {
      return null;
    }
    if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
      return value.substring(1, value.length() - 1);
    }
    try {
      return new String(Hex.decodeHex(value), StandardCharsets.UTF_8);
    } catch (DecoderException e) {
      // Interpreted records have the text as it is.
      return value;
    }
  }

  private String find(String key, int from, int to) {
    String sought = key + "=";
    for (int i = line.indexOf(sought, from); i >= 0 && i < to; i = line.indexOf(sought, i + 1)) {
      char before = i == from ? ' ' : line.charAt(i - 1);
      if (before == ' ' || before == GROUP_SEPARATOR) {
        int blank = line.indexOf(' ', i);
        int valueEnd = blank < 0 || blank > to ? to : blank;
        return line.substring(i + sought.length(), valueEnd);
      }
    }
    return null;
  }
}
