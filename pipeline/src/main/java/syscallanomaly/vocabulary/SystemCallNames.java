package syscallanomaly.vocabulary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of Linux system calls by number. ADFA-LD was recorded on 32-bit x86, so its calls have the
 * numbers of arch/x86 {@code unistd_32}. The generic table would give wrong names.
 */
public final class SystemCallNames {
  private static final String I386 = "i386-system-calls.csv";

  private final Map<Integer, String> names;

  private SystemCallNames(Map<Integer, String> names) {
    this.names = names;
  }

  /** Loads the table of 32-bit x86. */
  public static SystemCallNames i386() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                SystemCallNames.class.getResourceAsStream(I386), StandardCharsets.UTF_8))) {
      return new SystemCallNames(
          lines
              .lines()
              .skip(1)
              .map(line -> line.split(",", 2))
              .collect(Collectors.toMap(row -> Integer.valueOf(row[0]), row -> row[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a call, or {@code call N} for a number that the table does not hold. */
  public String name(int call) {
    return names.getOrDefault(call, "call " + call);
  }

  /**
   * The number of a call.
   *
   * @throws IllegalArgumentException if the table does not hold the name
   */
  public int number(String name) {
    return names.entrySet().stream()
        .filter(call -> call.getValue().equals(name))
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find the system call %s: the table of names does not hold it"
                        .formatted(name)));
  }
}
