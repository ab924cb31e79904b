package syscallanomaly.trace.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.spark.unsafe.types.UTF8String;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventCounts.Number;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceOrigin;

/**
 * The open traces of what one group of sorted rows belongs to: a process, a thread, or a recording
 * that tells only threads. In such a recording, the calls that create threads say which of them are
 * one process.
 */
final class Owner {
  private static final int CALL = Kind.CALL.ordinal();
  private static final int RESUMED = Kind.RESUMED.ordinal();
  private static final int EXEC = Kind.EXEC.ordinal();
  private static final int THREAD_END = Kind.THREAD_END.ordinal();
  private static final int EXIT = SystemCalls.tables().number("exit");
  private static final int EXIT_GROUP = SystemCalls.tables().number("exit_group");

  /** Most threads whose last call is known; Linux starts 32,768 by default. */
  private static final int MOST_THREADS = 1 << 17;

  /** Most open traces of a recording. */
  private static final int MOST_TRACES = 1 << 14;

  /** Most calls in the open traces of a recording that are not the longest possible trace. */
  private static final long MOST_CALLS = 1 << 24;

  private final SequenceSettings settings;
  private final int largestCall;
  private final EventCounts counts;
  private final Queue<ParsedTrace> ready;
  private final UTF8String recording;
  private final UTF8String host;
  private final UTF8String container;
  private final long id;
  private final boolean manyProcesses;
  private final TraceNames names;
  private final LinkedHashMap<Long, OpenTrace> open = new LinkedHashMap<>();
  private final Map<Long, Long> processes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Integer> lastCalls = new LinkedHashMap<>(16, 0.75f, true);
  private Long started;
  private UTF8String lastFile;
  private long lastPosition;
  private long openCalls;

  /** The open trace that the last event belonged to. */
  private OpenTrace current;

  private boolean hasEnded;

  Owner(
      EventRow first,
      SequenceSettings settings,
      int largestCall,
      EventCounts counts,
      Queue<ParsedTrace> ready) {
    this.settings = settings;
    this.largestCall = largestCall;
    this.counts = counts;
    this.ready = ready;
    recording = first.recording().clone();
    host = first.host().clone();
    container = first.container().clone();
    id = first.owner();
    manyProcesses = id == EventColumns.FOUND_OUT;
    names = new TraceNames(recording.toString(), host.toString(), container.toString());
    started = first.hasStarted() ? first.started() : null;
  }

  boolean owns(EventRow event) {
    return event.owner() == id
        && event.host().equals(host)
        && event.recording().equals(recording)
        && event.container().equals(container);
  }

  /** Whether the order of time put an event before one from further up in the same file. */
  boolean isLate(EventRow event) {
    boolean same = event.file().equals(lastFile);
    boolean late = same && event.position() < lastPosition;
    if (!same) {
      lastFile = event.file().clone();
    }
    lastPosition = event.position();
    return late;
  }

  void take(EventRow event) {
    Long start = event.hasStarted() ? event.started() : null;
    if (start == null ? started != null : !start.equals(started)) {
      hasEnded |= !open.isEmpty();
      end();
      started = start;
    }
    long thread = event.thread();
    int kind = event.kind();
    if (kind == THREAD_END) {
      lastCalls.remove(thread);
      if (settings.byThread()) {
        endOf(traceKey(event));
      }
    } else if (kind == RESUMED) {
      Integer last = lastCalls.get(thread);
      if (last == null || last != event.call()) {
        counts.add(Number.RESUMED);
        addCall(event);
      }
    } else if (kind == CALL || kind == EXEC) {
      addCall(event);
    } else {
      endProcess(event);
    }
    if (event.hasCreated() && manyProcesses) {
      join(event.created(), processOf(thread));
    }
  }

  /** Ends all open traces. */
  void end() {
    while (!open.isEmpty()) {
      endOf(open.keySet().iterator().next());
    }
    lastCalls.clear();
    processes.clear();
  }

  private void endProcess(EventRow event) {
    long thread = event.thread();
    lastCalls.remove(thread);
    if (!manyProcesses) {
      hasEnded |= !open.isEmpty();
      end();
    } else if (processes.remove(thread) == null) {
      // The thread was created by no other one of its process, so it is the process.
      endOf(thread);
    }
  }

  private long traceKey(EventRow event) {
    return manyProcesses ? processOf(event.thread()) : id;
  }

  private long processOf(long thread) {
    return processes.isEmpty() ? thread : processes.getOrDefault(thread, thread);
  }

  /** Counts a thread as one of a process from now on, with the calls that it has made already. */
  private void join(long thread, long process) {
    if (thread == process) {
      return;
    }
    processes.put(thread, process);
    limit(processes, MOST_THREADS);
    OpenTrace own = open.remove(thread);
    if (own == null) {
      return;
    }
    if (current == own) {
      current = null;
    }
    OpenTrace whole = open.get(process);
    if (whole == null) {
      open.put(thread, own);
      endOf(thread);
    } else {
      whole.append(own);
    }
  }

  private void addCall(EventRow event) {
    int call = event.call();
    boolean execve = event.kind() == EXEC;
    OpenTrace trace = traceOf(event, execve);
    if (trace.count() >= settings.maxCalls()) {
      emitPart(trace);
    }
    if (trace.count() == 0) {
      trace.firstTime = event.hasTime() ? event.time() : null;
      trace.file = event.fileName();
    }
    if (event.hasTime()) {
      trace.lastTime = event.time();
    }
    keepExecutable(trace, event);
    if (event.hasText()) {
      counts.name(call, event.text());
    }
    if (call > largestCall && trace.reason == null) {
      trace.reason = tooLarge(call, event);
    }
    trace.add(call, execve);
    openCalls++;
    if (call == EXIT_GROUP || (call == EXIT && settings.byThread())) {
      trace.leaving = event.thread();
    }
    if (lastCalls.put(event.thread(), call) == null) {
      limit(lastCalls, MOST_THREADS);
    }
    if (manyProcesses) {
      limitOpen(trace);
    }
  }

  /** Finds the open trace of a call, or opens one after ending what lies before a cut. */
  private OpenTrace traceOf(EventRow event, boolean execve) {
    long key = traceKey(event);
    OpenTrace trace = current != null && !manyProcesses ? current : open.get(key);
    if (trace != null && trace.leaving >= 0 && trace.leaving == event.thread()) {
      hasEnded = true;
      endOf(key);
      trace = null;
    } else if (trace != null && isGap(trace, event)) {
      counts.add(Number.GAPS);
      endOf(key);
      trace = null;
    } else if (trace != null
        && execve
        && settings.cutAtExecve()
        && trace.count() > 0
        && !trace.onlyExecves) {
      counts.add(Number.EXECVES);
      endOf(key);
      trace = null;
    }
    if (trace == null) {
      if (hasEnded) {
        counts.add(Number.REUSED);
        hasEnded = false;
      }
      trace =
          new OpenTrace(
              manyProcesses ? key : event.process(), event.thread(), started);
      open.put(key, trace);
    }
    current = trace;
    return trace;
  }

  private boolean isGap(OpenTrace trace, EventRow event) {
    return settings.gapNanos() > 0
        && trace.lastTime != null
        && event.hasTime()
        && event.time() - trace.lastTime > settings.gapNanos();
  }

  private static void keepExecutable(OpenTrace trace, EventRow event) {
    UTF8String executable = event.executable();
    if (executable != null && !executable.equals(trace.executable)) {
      trace.executable = executable.clone();
    }
  }

  private String tooLarge(int call, EventRow event) {
    String name = event.hasText() ? event.text() : SystemCalls.tables().name(call);
    return "position %d: %d (%s) is larger than %d, the largest call accepted"
        .formatted(openPosition(), call, name, largestCall);
  }

  private long openPosition() {
    return current.count() + 1L;
  }

  /** Keeps the memory of one recording bounded, whatever number of processes it names. */
  private void limitOpen(OpenTrace latest) {
    if (open.size() > MOST_TRACES) {
      counts.add(Number.CROWDED);
      endOf(open.keySet().iterator().next());
    }
    if (openCalls > MOST_CALLS) {
      List<OpenTrace> all = new ArrayList<>(open.values());
      OpenTrace longest = latest;
      for (OpenTrace trace : all) {
        longest = trace.count() > longest.count() ? trace : longest;
      }
      emitPart(longest);
    }
  }

  private static void limit(Map<Long, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private void emitPart(OpenTrace trace) {
    emit(trace, /* goesOn= */ true);
    trace.goOn();
  }

  private void endOf(long key) {
    OpenTrace trace = open.remove(key);
    if (trace == null) {
      return;
    }
    if (trace == current) {
      current = null;
    }
    if (trace.count() > 0) {
      emit(trace, /* goesOn= */ false);
    }
  }

  private void emit(OpenTrace trace, boolean goesOn) {
    openCalls -= trace.count();
    if (trace.name == null) {
      trace.name = names.next(trace, settings.byThread());
    }
    String name = trace.name;
    if (goesOn || trace.parts > 0) {
      trace.parts++;
      counts.add(Number.PARTS);
      name += "#part" + trace.parts;
    }
    ready.add(
        trace.reason == null
            ? ParsedTrace.ofProcess(name, trace.file, trace.calls(), origin(trace))
            : ParsedTrace.rejectedProcess(name, trace.file, trace.reason));
  }

  private TraceOrigin origin(OpenTrace trace) {
    return new TraceOrigin(
        orNull(host),
        orNull(container),
        trace.process,
        settings.byThread() ? Long.valueOf(trace.thread) : null,
        trace.executable == null ? null : trace.executable.toString(),
        trace.started == null ? trace.firstTime : trace.started);
  }

  private static String orNull(UTF8String text) {
    return text.numBytes() == 0 ? null : text.toString();
  }
}
