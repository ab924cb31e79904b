package syscallanomaly.trace.pattern;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names from one to another, both included, written {@code {from..to}}. Names are compared in
 * code-unit order, the order in which files are numbered. A name that only begins like {@code to}
 * comes after it. Without {@code from} or {@code to}, the range is open on that side.
 *
 * @param from first name; empty if there is none
 * @param to last name; empty if there is none
 */
record NameRange(String from, String to) {
  private static final String NAME = "([^{},/*?\\[\\]\\\\]*?)";
  private static final Pattern RANGE =
      Pattern.compile("(?<!\\\\)\\{" + NAME + "\\.\\." + NAME + "\\}");

  /**
   * Reads a part of a path, or returns empty if it has no range.
   *
   * @throws IOException if the range is not the whole part, or if no name can be in it
   */
  static Optional<NameRange> of(String part) throws IOException {
    Matcher found = RANGE.matcher(part);
    if (!found.find()) {
      return Optional.empty();
    }
    NameRange range = new NameRange(found.group(1), found.group(2));
    if (!found.group().equals(part)) {
      throw new IOException(
          "the range %s is only a piece of the name '%s'; write whole names, such as"
                  .formatted(found.group(), part)
              + " {day-1..day-9}");
    }
    if (range.to.contains("..")) {
      throw new IOException("the range %s has '..' twice; once is needed".formatted(part));
    }
    if (!range.to.isEmpty() && range.from.compareTo(range.to) > 0) {
      throw new IOException(
          "the range %s holds no name: '%s' comes after '%s'; swap them"
              .formatted(part, range.from, range.to));
    }
    return Optional.of(range);
  }

  boolean contains(String name) {
    return from.compareTo(name) <= 0 && (to.isEmpty() || name.compareTo(to) <= 0);
  }
}
