package syscallanomaly.trace.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.trace.event.SystemCallEvent;
import syscallanomaly.trace.event.SystemCallEvent.Kind;

/** Programs that several recorders recorded at the same time give the same calls. */
class RecordedProgramsTest {
  private static final Pattern PERF_CALL = Pattern.compile("[^:]*: \\S+/(\\d+) +(\\w+)\\(.*");

  private static Recordings recordings;

  @BeforeAll
  static void read() throws IOException {
    recordings = new Recordings();
  }

  private record Timed(long time, int number) {}

  /** What is left of a thread's calls. */
  private static final class Head {
    final List<Timed> calls;
    int next;

    Head(List<Timed> calls) {
      this.calls = calls;
    }

    Timed first() {
      return calls.get(next);
    }
  }

  @Test
  void straceLogsGiveTheNumbersThatTheSamplesRecorderWrote() {
    Map<String, Integer> numbers = new HashMap<>();
    recordings.lines("sample/numbers.csv").stream()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(row -> numbers.put(row[0], Integer.valueOf(row[1])));
    List<String> folders = recordings.foldersWith("numbers.txt");

    assertThat(folders).hasSize(16);
    int processes = 0;
    for (String folder : folders) {
      List<String> expected = recordings.lines(folder + "/numbers.txt");
      assertThat(processNumbers(recordings.threads(folder), numbers))
          .as(folder)
          .isEqualTo(expected);
      processes += expected.size();
    }
    assertThat(processes).isEqualTo(42);
  }

  /** One line of numbers a process, as jobs/sample/tracing.py merges threads. */
  private static List<String> processNumbers(
      Map<Long, Outcomes> threads, Map<String, Integer> numbers) {
    Map<Long, Long> creators = new HashMap<>();
    threads.forEach(
        (thread, outcomes) ->
            outcomes.events.stream()
                .map(SystemCallEvent::createdThread)
                .filter(Objects::nonNull)
                .forEach(created -> creators.put(created, thread)));
    Map<Long, List<Head>> processes = new TreeMap<>();
    threads.forEach(
        (thread, outcomes) -> {
          assertThat(outcomes.rejected).isEmpty();
          List<Timed> calls = new ArrayList<>();
          for (SystemCallEvent event : outcomes.events) {
            Integer number = numbers.get(SystemCalls.tables().name(event.call()));
            if (event.kind() != Kind.PROCESS_END && number != null) {
              calls.add(new Timed(event.time(), number));
            }
          }
          long process = thread;
          while (creators.containsKey(process)) {
            process = creators.get(process);
          }
          if (!calls.isEmpty()) {
            processes.computeIfAbsent(process, key -> new ArrayList<>()).add(new Head(calls));
          }
        });
    return processes.values().stream()
        .map(RecordedProgramsTest::merged)
        .sorted(Comparator.comparing(calls -> calls.get(0).time()))
        .map(calls -> String.join(" ", calls.stream().map(c -> "" + c.number()).toList()))
        .toList();
  }

  private static List<Timed> merged(List<Head> threads) {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Comparator.<Head>comparingLong(head -> head.first().time())
                .thenComparingInt(head -> head.first().number()));
    heads.addAll(threads);
    List<Timed> merged = new ArrayList<>();
    while (!heads.isEmpty()) {
      Head head = heads.poll();
      merged.add(head.first());
      head.next++;
      if (head.next < head.calls.size()) {
        heads.add(head);
      }
    }
    return merged;
  }

  @Test
  void perfTraceSawTheSameCallsOfEachThread() {
    Map<Long, List<String>> seen = new TreeMap<>();
    for (String line : recordings.lines("perf/perf-trace.txt")) {
      Matcher call = PERF_CALL.matcher(line);
      if (call.matches()) {
        seen.computeIfAbsent(Long.valueOf(call.group(1)), key -> new ArrayList<>())
            .add(call.group(2));
      }
    }
    Map<Long, List<String>> traced = new TreeMap<>();
    recordings
        .threads("perf")
        .forEach(
            (thread, outcomes) -> {
              outcomes.events.removeIf(event -> event.kind() == Kind.PROCESS_END);
              traced.put(thread, outcomes.names());
            });

    assertThat(seen.values().stream().mapToInt(List::size).sum()).isEqualTo(137);
    assertThat(traced).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "enriched"})
  void theAuditDaemonSawTheSameCallsOfEachProcess(String kind) {
    Outcomes audit =
        Outcomes.of(
            "auditd", recordings.lines("audit/" + kind + "/audit.log").toArray(String[]::new));
    assertThat(audit.rejected).isEmpty();
    assertThat(audit.events).hasSize(634);
    Map<Long, List<String>> seen = new TreeMap<>();
    audit.events.stream()
        .sorted(Comparator.comparing(SystemCallEvent::time))
        .forEach(
            event ->
                seen.computeIfAbsent(event.process(), key -> new ArrayList<>())
                    .add(SystemCalls.tables().name(event.call())));
    Map<Long, List<String>> traced = new TreeMap<>();
    recordings
        .threads("audit/" + kind)
        .forEach(
            (thread, outcomes) -> {
              outcomes.events.removeIf(event -> event.kind() == Kind.PROCESS_END);
              traced.put(thread, outcomes.names());
            });

    assertThat(traced).isEqualTo(seen);
  }

  @Test
  void recordersAgreeOnThePrograms() {
    Outcomes audit =
        Outcomes.of("auditd", recordings.lines("audit/raw/audit.log").toArray(String[]::new));
    List<String> ofAudit =
        audit.events.stream()
            .filter(event -> event.kind() == Kind.EXEC)
            .map(SystemCallEvent::executable)
            .sorted()
            .toList();
    List<String> ofStrace =
        recordings.threads("audit/raw").values().stream()
            .flatMap(outcomes -> outcomes.events.stream())
            .filter(event -> event.kind() == Kind.EXEC)
            .map(SystemCallEvent::executable)
            .sorted()
            .toList();

    assertThat(ofStrace)
        .containsExactly(
            "/bin/true", "/usr/bin/head", "/usr/bin/ls", "/usr/bin/sh", "/usr/bin/sort");
    assertThat(ofAudit)
        .as("which has the files behind the links /bin and sh")
        .containsExactly(
            "/usr/bin/dash", "/usr/bin/head", "/usr/bin/ls", "/usr/bin/sort", "/usr/bin/true");
  }
}
