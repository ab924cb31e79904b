package syscallanomaly.trace.sequence;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.spark.unsafe.types.UTF8String;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.EventCounts;
import syscallanomaly.trace.event.EventCounts.Counted;
import syscallanomaly.trace.event.SystemCallEvent.Kind;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceOrigin;

/**
 * The open traces of what one group of sorted rows belongs to: a process, a thread, or a recording
 * that tells only threads. In such a recording, the calls that create threads say which of them are
 * one process.
 */
final class Owner {
  private static final int CALL = EventColumns.code(Kind.CALL);
  private static final int RESUMED = EventColumns.code(Kind.RESUMED);
  private static final int EXEC = EventColumns.code(Kind.EXEC);
  private static final int THREAD_END = EventColumns.code(Kind.THREAD_END);
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
  private final long id;
  private final boolean manyProcesses;
  private final TraceNames names;
  private final LinkedHashMap<Long, OpenTrace> open = new LinkedHashMap<>();
  private final Map<Long, Long> processes = new LinkedHashMap<>(16, 0.75f, true);
  private final Duplicates duplicates = new Duplicates();
  private final Map<Long, Integer> lastCalls = new LinkedHashMap<>(16, 0.75f, true);
  private EventGroup group;
  private UTF8String lastFile;
  private long lastPosition;
  private long openCalls;

  /** The open trace that the last event belonged to. */
  private OpenTrace current;

  /** Processes or threads that have ended, whose numbers may be used again. */
  private final LinkedHashSet<Long> gone = new LinkedHashSet<>();

  Owner(
      Event first,
      SequenceSettings settings,
      int largestCall,
      EventCounts counts,
      Queue<ParsedTrace> ready) {
    this.settings = settings;
    this.largestCall = largestCall;
    this.counts = counts;
    this.ready = ready;
    group = first.group;
    id = group.owner;
    manyProcesses = id == EventColumns.FOUND_OUT;
    names =
        new TraceNames(
            group.recording.toString(), group.host.toString(), group.container.toString());
  }

  boolean owns(Event event) {
    return group.hasSameOwner(event.group);
  }

  /** Whether the order of time put an event before one from further up in the same file. */
  private boolean isLate(Event event) {
    boolean same = Event.isSame(event.file, lastFile);
    boolean late = same && event.position < lastPosition && group.startedAs(event.group);
    if (!same) {
      lastFile = event.file.clone();
    }
    lastPosition = event.position;
    return late;
  }

  void take(Event event) {
    if (isLate(event)) {
      counts.add(Counted.LATE);
    }
    if (settings.dropDuplicates() && event.hasTime && isDuplicate(event)) {
      counts.add(Counted.DUPLICATES);
      return;
    }
    if (!group.startedAs(event.group)) {
      goneWithAll();
    }
    group = event.group;
    long thread = event.thread;
    int kind = event.kind;
    if (kind == THREAD_END) {
      lastCalls.remove(thread);
      if (settings.byThread()) {
        goneWith(id);
      }
    } else if (kind == RESUMED) {
      Integer last = lastCalls.get(thread);
      if (last == null || last != event.call) {
        counts.add(Counted.RESUMED);
        addCall(event);
      }
    } else if (kind == CALL || kind == EXEC) {
      addCall(event);
    } else {
      endProcess(event);
    }
    if (event.hasCreated && manyProcesses) {
      join(event.created, processOf(thread));
    }
  }

  private boolean isDuplicate(Event event) {
    boolean table = event.isOfTable();
    return duplicates.contains(
        event.file,
        event.time,
        event.kind,
        event.process,
        event.thread,
        event.call,
        table ? event.position : 0);
  }

  /** Ends all open traces. */
  void end() {
    while (!open.isEmpty()) {
      endOf(open.keySet().iterator().next());
    }
    lastCalls.clear();
    processes.clear();
  }

  private void endProcess(Event event) {
    long thread = event.thread;
    lastCalls.remove(thread);
    if (!manyProcesses) {
      goneWithAll();
    } else if (processes.remove(thread) == null) {
      // The thread was created by no other one of its process, so it is the process.
      goneWith(thread);
    }
  }

  private void goneWith(long key) {
    if (open.containsKey(key)) {
      endOf(key);
      gone.add(key);
      if (gone.size() > MOST_THREADS) {
        gone.remove(gone.iterator().next());
      }
    }
  }

  private void goneWithAll() {
    List.copyOf(open.keySet()).forEach(this::goneWith);
    end();
  }

  private long traceKey(Event event) {
    return manyProcesses ? processOf(event.thread) : id;
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
      append(whole, own);
    }
  }

  private void append(OpenTrace whole, OpenTrace own) {
    for (int i = 0; i < own.count(); i++) {
      if (whole.count() >= settings.maxCalls()) {
        emitPart(whole);
        whole.beginsLike(own);
      }
      whole.add(own.call(i), own.onlyExecves);
    }
    whole.family = whole.family == null ? own.family : whole.family;
    whole.reason = whole.reason == null ? own.reason : whole.reason;
    if (own.hasTime) {
      whole.at(Math.max(own.lastTime, whole.hasTime ? whole.lastTime : own.lastTime));
    }
  }

  private void addCall(Event event) {
    int call = event.call;
    boolean execve = event.kind == EXEC;
    OpenTrace trace = traceOf(event, execve);
    if (trace.count() >= settings.maxCalls()) {
      emitPart(trace);
    }
    if (trace.count() == 0) {
      trace.firstTime = event.hasTime ? Long.valueOf(event.time) : null;
      trace.file = event.file.toString();
    }
    if (event.hasTime) {
      trace.at(event.time);
    }
    keepExecutable(trace, event);
    if (trace.family == null && event.family != null) {
      trace.family = event.family.clone();
    }
    if (event.hasText()) {
      counts.name(call, event.text.toString());
    }
    if (call > largestCall && trace.reason == null) {
      trace.reason = tooLarge(call, event);
    }
    trace.add(call, execve);
    openCalls++;
    if (call == EXIT_GROUP || (call == EXIT && settings.byThread())) {
      trace.leaving = event.thread;
    }
    // Tables hold no ends of calls.
    if (!event.isOfTable() && lastCalls.put(event.thread, call) == null) {
      limit(lastCalls, MOST_THREADS);
    }
    if (manyProcesses) {
      limitOpen(trace);
    }
  }

  /** Finds the open trace of a call, or opens one after ending what lies before a cut. */
  private OpenTrace traceOf(Event event, boolean execve) {
    long key = traceKey(event);
    OpenTrace trace = current != null && !manyProcesses ? current : open.get(key);
    if (trace != null && trace.leaving >= 0 && trace.leaving == event.thread) {
      goneWith(key);
      trace = null;
    } else if (trace != null && isGap(trace, event)) {
      counts.add(Counted.GAPS);
      endOf(key);
      trace = null;
    } else if (trace != null
        && execve
        && settings.cutAtExecve()
        && trace.count() > 0
        && !trace.onlyExecves) {
      counts.add(Counted.EXECVES);
      endOf(key);
      trace = null;
    } else if (trace != null && trace.isOfAnotherKindThan(event.family)) {
      counts.add(Counted.BEGINS);
      endOf(key);
      trace = null;
    }
    if (trace == null) {
      if (gone.remove(key)) {
        counts.add(Counted.REUSED);
      }
      trace = new OpenTrace(manyProcesses ? key : event.process, event.thread, group.started);
      open.put(key, trace);
    }
    current = trace;
    return trace;
  }

  private boolean isGap(OpenTrace trace, Event event) {
    return settings.gapNanos() > 0
        && trace.hasTime
        && event.hasTime
        && event.time - trace.lastTime > settings.gapNanos();
  }

  private static void keepExecutable(OpenTrace trace, Event event) {
    UTF8String executable = event.executable;
    if (executable != null && !executable.equals(trace.executable)) {
      trace.executable = executable.clone();
    }
  }

  private String tooLarge(int call, Event event) {
    String name = event.hasText() ? event.text.toString() : SystemCalls.tables().name(call);
    return "position %d: %d (%s) is larger than %d, the largest call accepted"
        .formatted(openPosition(), call, name, largestCall);
  }

  private long openPosition() {
    return current.count() + 1L;
  }

  /** Keeps the memory of one recording bounded, whatever number of processes it names. */
  private void limitOpen(OpenTrace latest) {
    if (open.size() > MOST_TRACES) {
      counts.add(Counted.CROWDED);
      endOf(open.keySet().iterator().next());
    }
    if (openCalls > Math.max(MOST_CALLS, settings.maxCalls())) {
      OpenTrace longest = latest;
      for (OpenTrace trace : open.values()) {
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
      counts.add(Counted.PARTS);
      name += "#part" + trace.parts;
    }
    ready.add(
        trace.reason == null
            ? ParsedTrace.ofProcess(
                name, trace.file, trace.calls(), origin(trace), trace.familyName())
            : ParsedTrace.rejectedProcess(name, trace.file, trace.reason, trace.familyName()));
  }

  private TraceOrigin origin(OpenTrace trace) {
    return new TraceOrigin(
        orNull(group.host),
        orNull(group.container),
        trace.process,
        settings.byThread() ? Long.valueOf(trace.thread) : null,
        trace.executable == null ? null : trace.executable.toString(),
        trace.started == null ? trace.firstTime : trace.started);
  }

  private static String orNull(UTF8String text) {
    return text.numBytes() == 0 ? null : text.toString();
  }
}
