package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.warehouse.MetricTable;

/** A detector that learned from strace logs of x86-64 hosts judges audit records of ARM hosts. */
@Tag("slow")
class HostFormatsTest {
  private static final List<String> CALLS = List.of("openat", "read", "read", "write", "close");

  /** The numbers of {@link #CALLS} on 64-bit ARM. */
  private static final List<Integer> OF_ARM = List.of(56, 63, 63, 64, 57);

  private static final int PTRACE_OF_ARM = 117;

  @TempDir private Path folder;

  private void writeStrace(String name, int process, int shift, int calls) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < calls; i++) {
      log.append(
          "%d 17000000%02d.%06d %s(3) = 0\n"
              .formatted(process, process % 100, i, CALLS.get((i + shift) % CALLS.size())));
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, log);
  }

  private static String audit(int process, int number, int serial) {
    return ("node=arm1 type=SYSCALL msg=audit(1700000000.123:%d): arch=c00000b7 syscall=%d"
            + " success=yes exit=0 a0=3 items=0 ppid=1 pid=%d auid=0 uid=0 gid=0 comm=\"cat\""
            + " exe=\"/usr/bin/cat\" key=(null)\n")
        .formatted(serial, number, process);
  }

  @Test
  void aDetectorOfOneArchitectureJudgesAnother() throws IOException {
    for (int i = 0; i < 16; i++) {
      writeStrace("Training_Data_Master/t%02d.log".formatted(i), 100 + i, i, 20 + i % 3);
      writeStrace("Validation_Data_Master/v%02d.log".formatted(i), 200 + i, i, 20 + i % 3);
    }
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      log.append(audit(7, OF_ARM.get(i % OF_ARM.size()), 2 * i));
      log.append(audit(9, i % 2 == 0 ? PTRACE_OF_ARM : OF_ARM.get(0), 2 * i + 1));
    }
    Files.createDirectories(folder.resolve("observed"));
    Files.writeString(folder.resolve("observed/audit.log"), log);
    Program program = new Program(folder.resolve("workspace"));
    Program.Outcome fitted =
        program.run(
            "pipeline",
            SmallTraces.options(
                folder,
                "fitted",
                "traces.format=strace",
                "traces.attack=\"\"",
                "training.epochs=1",
                "training.averaging-frequency=40",
                "sequences.hold-out.fraction=0.6",
                "scoring.detectors=[lstm, stide]"));
    assertThat(fitted.exitCode()).as(fitted.err()).isZero();

    Program.Outcome outcome =
        program.run(
            "detect",
            "--set",
            "detector=fitted",
            "--set",
            "traces.format=auto",
            "--set",
            "traces.by=thread",
            "--set",
            "traces.observed=" + folder.resolve("observed"),
            "--set",
            "run.id=d",
            "--set",
            "scoring.false-alarm-rate=0.3");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "observed    2 traces, 40 calls, 0 rejected\n",
            "\nalarm       arm1/9~2023-11-14T22:13:20.123000001Z, process 9, thread 9 (/usr/bin/cat) on"
                + " arm1, since 2023-11-14T22:13:20.123Z, score ");
    try (WarehouseReader warehouse = new WarehouseReader(program.warehouse())) {
      assertThat(
              warehouse
                  .rows(
                      MetricTable.ALARMS,
                      "d",
                      "detector",
                      "host",
                      "process",
                      "thread",
                      "executable",
                      "container")
                  .stream()
                  .map(Row::toString))
          .contains("[stide,arm1,9,9,/usr/bin/cat,null]")
          .noneMatch(row -> row.contains("arm1,7"));
      assertThat(warehouse.rows(MetricTable.TRACE_SCORES, "fitted", "process", "host", "thread"))
          .hasSize(32)
          .extracting(Row::toString)
          .contains("[200,null,null]", "[215,null,null]");
    }
    assertThat(Files.readString(program.folder("d").resolve("report.html")))
        .contains(
            "auditd, which audit.log looks like",
            "40 events read",
            "process 9, thread 9 (/usr/bin/cat)",
            "ptrace");
    assertThat(Files.readString(program.folder("fitted").resolve("report.html")))
        .contains(
            "Training: <bdi>335 events read</bdi>.", "Validation: <bdi>335 events read</bdi>.");
  }
}
