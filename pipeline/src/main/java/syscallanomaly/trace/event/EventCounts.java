package syscallanomaly.trace.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the events and lines of a split. Its size is bounded. This is no record because
 * Kryo, which Spark can be configured to use, cannot restore records.
 */
public final class EventCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Most kinds of lines that are counted apart, and most names of calls that are kept. */
  private static final int MOST_KINDS = 100;

  private static final int MOST_NAMES = 10_000;
  private static final String OTHER = "other";

  private final TreeMap<String, Long> ignored = new TreeMap<>();
  private final TreeMap<Integer, String> unknownNames = new TreeMap<>();

  /** This is no EnumMap because Kryo cannot restore one. */
  private final TreeMap<Counted, Long> numbers = new TreeMap<>();

  /** What is counted. */
  public enum Counted {
    /** Calls, ends of calls, threads and processes that were read, duplicates included. */
    EVENTS("events read"),
    /** Lines and rows that are not of the format. */
    REJECTED_LINES("lines or rows rejected"),
    /** Rejects that stand for such lines, and for no file or trace. */
    REJECTS_OF_LINES(""),
    /** Recordings without an attack, as their labels say. */
    NORMAL_RECORDINGS("normal recordings"),
    /** Recordings with an attack, as their labels say. */
    ATTACK_RECORDINGS("recordings with an attack"),
    /** Events that were delivered twice, each of which counts once. */
    DUPLICATES("duplicate events left out"),
    /**
     * Events that the order of time puts directly before an event from further up in the same file.
     */
    LATE("late events put in order of time"),
    /** Calls of which only the end was recorded. */
    RESUMED("calls counted by their end, which began before the recording"),
    /** Times that a process or thread had the number of one that had ended. */
    REUSED("process numbers used again"),
    /** Times that a gap ended a trace. */
    GAPS("traces cut at a gap"),
    /** Times that an execve ended a trace. */
    EXECVES("traces cut at an execve"),
    /** Times that a trace ended because the attack of its recording began. */
    BEGINS("traces cut where an attack begins"),
    /** Parts of traces that were too long for one. */
    PARTS("parts of traces that were too long"),
    /** Traces that ended early because too many were open in one recording. */
    CROWDED("traces cut because a recording had too many at the same time"),
    /** Traces that are normal by their labels, in a split of attacks. */
    NORMAL_TRACES("normal traces left out"),
    /** Traces that are attacks by their labels, in a split of normal traces. */
    ATTACK_TRACES("attack traces left out");

    private final String words;

    Counted(String words) {
      this.words = words;
    }
  }

  /** Counts one more. */
  public void add(Counted number) {
    add(number, 1);
  }

  /** Counts some more. */
  public void add(Counted number, long more) {
    numbers.merge(number, more, Long::sum);
  }

  /** Counts lines that are no calls, by their kind. */
  public void ignore(String kind, long lines) {
    boolean known = ignored.containsKey(kind) || ignored.size() < MOST_KINDS;
    ignored.merge(known ? kind : OTHER, lines, Long::sum);
  }

  /** Keeps the name of a call that no table holds. If two share a number, the first one stays. */
  public void name(int call, String name) {
    if (unknownNames.size() < MOST_NAMES || unknownNames.containsKey(call)) {
      unknownNames.merge(call, name, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
  }

  /** Adds the counts of another part of the split. */
  public void add(EventCounts other) {
    other.numbers.forEach(this::add);
    other.ignored.forEach(this::ignore);
    other.unknownNames.forEach(this::name);
  }

  /** How often something was counted. */
  public long of(Counted number) {
    return numbers.getOrDefault(number, 0L);
  }

  /** Number of lines that are no calls, by their kind. */
  public SortedMap<String, Long> ignored() {
    return Collections.unmodifiableSortedMap(ignored);
  }

  /** Names of the calls that no table holds, by their numbers. */
  public Map<Integer, String> unknownNames() {
    return Collections.unmodifiableMap(unknownNames);
  }

  /** Number of lines that are no calls. */
  public long ignoredLines() {
    return ignored.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of lines and rows that were read: events, ignored ones and rejected ones. */
  public long lines() {
    return of(Counted.EVENTS) + ignoredLines() + of(Counted.REJECTED_LINES);
  }

  /** Share of the lines and rows, 0 to 1, that were rejected. */
  public double rejectedShare() {
    return lines() == 0 ? 0 : (double) of(Counted.REJECTED_LINES) / lines();
  }

  /** What was counted in one line, such as {@code 120 events read; 2 lines ignored (signal 2)}. */
  public String text() {
    List<String> parts = new ArrayList<>();
    for (Counted number : Counted.values()) {
      if ((of(number) > 0 || number == Counted.EVENTS) && !number.words.isEmpty()) {
        parts.add(count(of(number)) + " " + number.words);
      }
      if (number == Counted.EVENTS && !ignored.isEmpty()) {
        parts.add(
            ignored.entrySet().stream()
                .map(kind -> kind.getKey() + " " + count(kind.getValue()))
                .collect(
                    Collectors.joining(", ", count(ignoredLines()) + " lines ignored (", ")")));
      }
    }
    return String.join("; ", parts);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
