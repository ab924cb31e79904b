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
 * The program that holds a folder: the content of {@code owner.json}.
 *
 * @param id random name that no other program has
 * @param host name of the machine, for the user
 * @param machine distinguishes machines, their restarts, and containers with their own numbers of
 *     processes; empty if the system does not tell
 * @param process number of the process on that machine
 * @param processStarted when the process started; empty if the system does not tell
 * @param since when the program took the folder
 * @param beat number that grows while the program lives
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Owner(
    String id,
    String host,
    String machine,
    long process,
    String processStarted,
    String since,
    long beat) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Describes this program. */
  static Owner here() {
    ProcessHandle process = ProcessHandle.current();
    return new Owner(
        UUID.randomUUID().toString(),
        hostName(),
        thisMachine(),
        process.pid(),
        started(process),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        0);
  }

  /** Reads what {@link #toJson} wrote; empty if the content is something else. */
  static Optional<Owner> fromJson(byte[] json) {
    try {
      return Optional.ofNullable(
          JSON.readValue(new String(json, StandardCharsets.UTF_8), Owner.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the owner of a folder as JSON", e);
    }
  }

  Owner next() {
    return new Owner(id, host, machine, process, processStarted, since, beat + 1);
  }

  /** Whether the owner's process ran on this machine and has ended. No other machine can tell. */
  boolean isKnownToHaveEnded() {
    if (machine.isEmpty() || processStarted.isEmpty() || !machine.equals(thisMachine())) {
      return false;
    }
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .map(Owner::started)
        .filter(processStarted::equals)
        .isEmpty();
  }

  /** Names the owner in messages. */
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

  /**
   * Linux has both files. On other systems, a former owner is recognised only by its unchanged
   * number.
   */
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
