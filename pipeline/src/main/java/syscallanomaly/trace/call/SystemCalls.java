package syscallanomaly.trace.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * One space of system-call numbers for all architectures, so that equal calls have equal numbers
 * wherever they were recorded:
 *
 * <ul>
 *   <li>A call that 32-bit x86 has keeps its number there. ADFA-LD was recorded on 32-bit x86, so
 *       its numbers are the numbers of this space.
 *   <li>A call that only x86-64 or 64-bit ARM have is numbered from {@value #BEYOND_I386} on, in
 *       the order of a table to which rows are only ever appended.
 *   <li>A number n that its architecture's table does not hold is n on i386, 2^21 + n on x86-64 and
 *       2^22 + n on 64-bit ARM.
 *   <li>A name that no table holds is 2^30 plus the lowest 30 bits of the CRC-32 of its UTF-8
 *       bytes. Two such names may share a number: among 100 of them, the probability is about 5 in
 *       a million.
 * </ul>
 *
 * <pre>{@code
 * SystemCalls calls = SystemCalls.tables();
 * calls.number("openat");                 // 295
 * calls.number(Architecture.ARM64, 56);   // 295: openat is number 56 there
 * calls.name(295);                        // openat
 * }</pre>
 */
public final class SystemCalls {
  /** The number of the first call that 32-bit x86 does not have: 2^20. */
  public static final int BEYOND_I386 = 1 << 20;

  /** The lowest number of a call whose name no table holds: 2^30. */
  public static final int UNKNOWN_NAMES = 1 << 30;

  // The kernel marks the calls of x32, an ABI of x86-64, with this bit.
  private static final int X32 = 1 << 30;
  private static final int UNKNOWN_OF_X86_64 = 1 << 21;
  private static final int UNKNOWN_OF_ARM64 = 1 << 22;
  private static final SystemCalls TABLES = load();

  private final Map<String, Integer> numbers;
  private final Map<Integer, String> names;
  private final Map<Architecture, Map<Integer, Integer>> byOwnNumber;
  private final Map<Integer, Integer> merged;

  private SystemCalls(
      Map<String, Integer> numbers,
      Map<Integer, String> names,
      Map<Architecture, Map<Integer, Integer>> byOwnNumber,
      Map<Integer, Integer> merged) {
    this.numbers = numbers;
    this.names = names;
    this.byOwnNumber = byOwnNumber;
    this.merged = merged;
  }

  /** The tables that come with this program. */
  public static SystemCalls tables() {
    return TABLES;
  }

  /**
   * These tables, with names of calls that they do not hold.
   *
   * @param unknown names by numbers, which are at least {@link #UNKNOWN_NAMES}; others are ignored
   */
  public SystemCalls withNames(Map<Integer, String> unknown) {
    Map<Integer, String> more = new HashMap<>(names);
    unknown.forEach(
        (number, name) -> {
          if (number >= UNKNOWN_NAMES) {
            more.put(number, name);
          }
        });
    return new SystemCalls(numbers, more, byOwnNumber, merged);
  }

  /**
   * The number of the call with this name, at least {@link #UNKNOWN_NAMES} if no table holds it.
   */
  public int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    CRC32 hash = new CRC32();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    return UNKNOWN_NAMES | (int) (hash.getValue() & (UNKNOWN_NAMES - 1));
  }

  /** The number of the call with this name, if a table holds it. */
  public OptionalInt known(String name) {
    Integer known = numbers.get(name);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /**
   * The number of a call that an architecture knows by a number of its own.
   *
   * @param own the call's number on the architecture, 0 to 2^20 - 1; on x86-64, numbers of x32 have
   *     the bit 2^30 besides
   * @throws IllegalArgumentException if {@code own} is not in this range
   */
  public int number(Architecture architecture, int own) {
    int number = architecture == Architecture.X86_64 && own >= X32 ? own - X32 : own;
    if (number < 0 || number >= BEYOND_I386) {
      throw new IllegalArgumentException(
          "Cannot number the system call %d of %s: no such call can be; numbers are 0 to %d"
              .formatted(own, architecture, BEYOND_I386 - 1));
    }
    Integer known = byOwnNumber.get(architecture).get(number);
    if (known != null) {
      return known;
    }
    return switch (architecture) {
      case I386 -> number;
      case X86_64 -> UNKNOWN_OF_X86_64 + number;
      case ARM64 -> UNKNOWN_OF_ARM64 + number;
    };
  }

  /**
   * The number that stands for all variants of a call. The kernel runs {@code mmap2} as {@code
   * mmap} and {@code open} as {@code openat}, for example; the table variants.csv has all of them
   * and the reasons. A call that is no variant has its own number.
   */
  public int merged(int number) {
    return merged.getOrDefault(number, number);
  }

  /**
   * The name of a call. A number that its architecture's table does not hold is {@code call 17 of
   * x86-64}, and {@code call 17} on i386. A number of a name that no table holds is {@code call
   * with the hash 17} unless {@link #withNames} gave the name.
   */
  public String name(int number) {
    String name = names.get(number);
    if (name != null) {
      return name;
    }
    if (number >= UNKNOWN_NAMES) {
      return "call with the hash " + (number - UNKNOWN_NAMES);
    }
    if (number >= UNKNOWN_OF_ARM64 && number < UNKNOWN_OF_ARM64 + BEYOND_I386) {
      return "call " + (number - UNKNOWN_OF_ARM64) + " of arm64";
    }
    if (number >= UNKNOWN_OF_X86_64 && number < UNKNOWN_OF_X86_64 + BEYOND_I386) {
      return "call " + (number - UNKNOWN_OF_X86_64) + " of x86-64";
    }
    return "call " + number;
  }

  private static SystemCalls load() {
    Map<String, Integer> numbers = new HashMap<>();
    Map<Integer, String> names = new HashMap<>();
    for (String[] row : rows("i386.csv")) {
      numbers.put(row[1], Integer.valueOf(row[0]));
    }
    for (String[] row : rows("beyond-i386.csv")) {
      numbers.put(row[1], BEYOND_I386 + Integer.parseInt(row[0]));
    }
    numbers.forEach((name, number) -> names.put(number, name));
    Map<Architecture, Map<Integer, Integer>> byOwnNumber = new EnumMap<>(Architecture.class);
    for (Architecture architecture : Architecture.values()) {
      Map<Integer, Integer> own = new HashMap<>();
      for (String[] row : rows(architecture.label() + ".csv")) {
        own.put(Integer.valueOf(row[0]), numbers.get(row[1]));
      }
      byOwnNumber.put(architecture, own);
    }
    // Other programs' names; a number's name stays the kernel's.
    for (String[] row : rows("aliases.csv")) {
      numbers.put(row[0], numbers.get(row[1]));
    }
    Map<Integer, Integer> merged = new HashMap<>();
    for (String[] row : rows("variants.csv")) {
      merged.put(numbers.get(row[0]), numbers.get(row[1]));
    }
    return new SystemCalls(numbers, names, byOwnNumber, merged);
  }

  /** The fields of a table's rows, without its header. */
  private static List<String[]> rows(String table) {
    List<String[]> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                SystemCalls.class.getResourceAsStream(table), StandardCharsets.UTF_8))) {
      lines.lines().skip(1).map(line -> line.split(",", 3)).forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
