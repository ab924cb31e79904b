package syscallanomaly.evaluate.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import syscallanomaly.score.InputProfile;

/**
 * How far traces are from former ones.
 *
 * @param calls {@link StabilityIndex} of the distribution of system calls, with a group for each
 *     call that either has
 * @param lengths {@link StabilityIndex} of the lengths of traces, with at most ten groups of which
 *     each has about a tenth of the former traces
 * @param lengthsByChance value of {@code lengths} that chance alone brings at most, see {@link
 *     StabilityIndex#chance}. It is large if there are few traces
 * @param newCalls share of the calls, every repeat counted, that no former trace holds: 0 to 1
 */
public record InputDrift(double calls, double lengths, double lengthsByChance, double newCalls) {
  private static final int LENGTH_GROUPS = 10;

  /**
   * Compares traces.
   *
   * @param former what the former traces are like; at least one trace
   * @param now what the traces are like; at least one trace
   */
  public static InputDrift between(InputProfile former, InputProfile now) {
    long[][] lengths = lengthGroups(former.lengths(), now.lengths());
    return new InputDrift(
        calls(former.calls(), now.calls()),
        StabilityIndex.of(lengths[0], lengths[1]),
        StabilityIndex.chance(lengths[0].length, former.traces(), now.traces()),
        newCalls(former.calls(), now.calls()));
  }

  private static double calls(Map<Integer, Long> former, Map<Integer, Long> now) {
    Set<Integer> calls = new TreeSet<>(former.keySet());
    calls.addAll(now.keySet());
    return StabilityIndex.of(counts(calls, former), counts(calls, now));
  }

  private static long[] counts(Set<Integer> calls, Map<Integer, Long> counts) {
    return calls.stream().mapToLong(call -> counts.getOrDefault(call, 0L)).toArray();
  }

  private static double newCalls(Map<Integer, Long> former, Map<Integer, Long> now) {
    long all = 0;
    long unknown = 0;
    for (Map.Entry<Integer, Long> call : now.entrySet()) {
      all += call.getValue();
      unknown += former.containsKey(call.getKey()) ? 0 : call.getValue();
    }
    return (double) unknown / all;
  }

  /** The former traces and the new ones in each group of lengths. */
  private static long[][] lengthGroups(
      SortedMap<Integer, Long> former, SortedMap<Integer, Long> now) {
    List<Integer> starts = groupStarts(former);
    return new long[][] {grouped(starts, former), grouped(starts, now)};
  }

  /** Closes a group as soon as it has a tenth of the traces. Whatever is left joins the last. */
  private static List<Integer> groupStarts(SortedMap<Integer, Long> lengths) {
    long all = lengths.values().stream().mapToLong(Long::longValue).sum();
    List<Integer> starts = new ArrayList<>();
    starts.add(0);
    long inGroup = 0;
    long left = all;
    for (Map.Entry<Integer, Long> entry : lengths.entrySet()) {
      if (isTenth(inGroup, all) && isTenth(left, all)) {
        starts.add(entry.getKey());
        inGroup = 0;
      }
      inGroup += entry.getValue();
      left -= entry.getValue();
    }
    return starts;
  }

  private static boolean isTenth(long traces, long all) {
    return traces * LENGTH_GROUPS >= all;
  }

  private static long[] grouped(List<Integer> starts, SortedMap<Integer, Long> lengths) {
    long[] counts = new long[starts.size()];
    for (int group = 0; group < counts.length; group++) {
      SortedMap<Integer, Long> from = lengths.tailMap(starts.get(group));
      SortedMap<Integer, Long> inGroup =
          group + 1 < counts.length ? from.headMap(starts.get(group + 1)) : from;
      counts[group] = inGroup.values().stream().mapToLong(Long::longValue).sum();
    }
    return counts;
  }
}
