package syscallanomaly.trace.sequence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names the traces of one process or recording, each with a name of its own: {@code
 * host/container/process@start}, or {@code recording#process@start} where no host is known. {@code
 * ~time} stands for {@code @start} if only the time of the first call is known. A name that is
 * taken gets {@code .2}, {@code .3} and so on, and the parts of a trace end with {@code #part1},
 * {@code #part2}.
 */
final class TraceNames {
  private static final long NANOS = 1_000_000_000L;

  /** Processes of a recording whose last name is remembered; Linux has at most 4 million. */
  private static final int MOST = 1 << 17;

  private final String prefix;
  private final Map<Long, Last> last = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  private record Last(String name, int times) {}

  TraceNames(String recording, String host, String container) {
    this.prefix =
        host.isEmpty()
            ? recording.isEmpty() ? "" : recording + "#"
            : part(host) + "/" + (container.isEmpty() ? "" : part(container) + "/");
  }

  /** A name that no trace has had. */
  String next(OpenTrace trace, boolean byThread) {
    String owner =
        byThread && trace.thread != trace.process
            ? trace.process + ":" + trace.thread
            : Long.toString(trace.process);
    String time =
        trace.started != null
            ? "@" + text(trace.started)
            : trace.firstTime != null ? "~" + text(trace.firstTime) : "";
    String name = prefix + owner + time;
    Last former = last.get(trace.process);
    int times = former != null && former.name.equals(name) ? former.times + 1 : 1;
    last.put(trace.process, new Last(name, times));
    if (last.size() > MOST) {
      last.remove(last.keySet().iterator().next());
    }
    return times == 1 ? name : name + "." + times;
  }

  private static String text(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
        .toString();
  }

  /** A host's or container's name without the characters that end it. */
  private static String part(String name) {
    return name.replace("%", "%25").replace("/", "%2F").replace("#", "%23");
  }
}
