package syscallanomaly.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on a run: the content of {@code owner.json}.
 *
 * @param id a different one for each program that ever starts
 * @param host name of its machine, for people
 * @param machine tells apart machines, their starts, and containers that number processes each for
 *     themselves; empty where the system does not say
 * @param process its number there
 * @param processStarted when the process started, as the system tells; empty where it does not
 * @param since when it took the run
 * @param beat grows as long as it lives
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RunOwner(
    String id,
    String host,
    String machine,
    long process,
    String processStarted,
    String since,
    long beat) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** This program. */
  static RunOwner here() {
    ProcessHandle process = ProcessHandle.current();
    return new RunOwner(
        UUID.randomUUID().toString(),
        hostName(),
        thisMachine(),
        process.pid(),
        started(process),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        0);
  }

  /** Reads what {@link #toJson} wrote; empty where it is something else. */
  static Optional<RunOwner> fromJson(byte[] json) {
    try {
      return Optional.ofNullable(
          JSON.readValue(new String(json, StandardCharsets.UTF_8), RunOwner.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the owner of a run as JSON", e);
    }
  }

  RunOwner next() {
    return new RunOwner(id, host, machine, process, processStarted, since, beat + 1);
  }

  /** Whether it ran on this machine and its process has ended, which nobody else can tell. */
  boolean isKnownToHaveEnded() {
    if (machine.isEmpty() || processStarted.isEmpty() || !machine.equals(thisMachine())) {
      return false;
    }
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .map(RunOwner::started)
        .filter(processStarted::equals)
        .isEmpty();
  }

  /** Names it to people. */
  String text() {
    return "process %d on %s (since %s)".formatted(process, host, since);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  /** Linux has both; elsewhere a run's former owner shows only in that it no longer lives. */
  private static String thisMachine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
