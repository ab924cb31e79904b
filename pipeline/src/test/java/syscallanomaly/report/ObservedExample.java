package syscallanomaly.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import syscallanomaly.score.containment.NearestReference;
import syscallanomaly.score.fitted.SurprisingCall;
import syscallanomaly.score.observed.ObservedTrace;
import syscallanomaly.score.observed.UnknownCall;
import syscallanomaly.score.observed.UnknownCalls;
import syscallanomaly.score.observed.UnseenGrams;
import syscallanomaly.trace.format.TraceOrigin;

/** Data for pages about observed traces. */
final class ObservedExample {
  private static final double RATE = 0.05;

  private ObservedExample() {}

  static ObservedData typical() {
    return data("/traces/host-7", "2026-03-15T06-00-00Z", 780, typicalTraces("httpd/1843.txt"));
  }

  static ObservedData withoutPossibleAlarms() {
    return data("/traces/host-7", "r", 7, List.of());
  }

  /** All that comes from outside is this text. */
  static ObservedData withText(String text) {
    return data(text, text, 780, typicalTraces(text));
  }

  private static ObservedData data(
      String place, String run, long calibrating, List<ObservedTrace> traces) {
    return new ObservedData(
        new ObservedData.Run(
            run, Instant.parse("2026-03-15T06:30:00Z"), "0.2.0", place, "ab".repeat(32)),
        new ObservedData.Detector(
            "nightly-2026-03-14",
            Instant.parse("2026-03-14T03:04:05Z"),
            "0.2.0",
            833,
            "cd".repeat(32)),
        1234,
        567_890,
        traces.isEmpty() ? 0 : 2,
        RATE,
        List.of(
            new ObservedData.Alarms(new AlarmBasis("ensemble", calibrating, 19, RATE), 17),
            new ObservedData.Alarms(new AlarmBasis("lstm", 12, 19, RATE), 0)),
        traces,
        "run.seed = 1",
        traces.isEmpty() ? List.of() : List.of("1,234 events read; 2 lines ignored (signal 2)"));
  }

  private static List<ObservedTrace> typicalTraces(String traceId) {
    return List.of(
        new ObservedTrace(
            traceId,
            3,
            812,
            3.12,
            1.0 / 781,
            true,
            Optional.of("call-set"),
            List.of(
                new SurprisingCall(
                    14, 11, "execve", 9.21, List.of("open", "read", "read", "close")),
                new SurprisingCall(1, 102, "socketcall", 6.4, List.of())),
            new UnknownCalls(5, 3, List.of(new UnknownCall(355, "getrandom", 3, 77))),
            Optional.of(
                new UnseenGrams(
                    6, 807, 269, 10, List.of("open", "read", "read", "close", "execve", "brk"))),
            Optional.of(new NearestReference("UTD-0042.txt", 18, 17, 52, 40)),
            Optional.of(
                new TraceOrigin(
                    "web1", "c1", 4711, null, "/usr/sbin/nginx", 1_700_000_000_000_000_000L))),
        new ObservedTrace(
            "cron/2.txt",
            1,
            4,
            0.2,
            40.0 / 781,
            false,
            Optional.empty(),
            List.of(),
            new UnknownCalls(0, 0, List.of()),
            Optional.of(new UnseenGrams(6, 0, 0, 0, List.of())),
            Optional.empty(),
            Optional.empty()));
  }
}
