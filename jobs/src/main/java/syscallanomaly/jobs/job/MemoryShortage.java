package syscallanomaly.jobs.job;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;

/**
 * Recognises that a process had too little memory, and says which setting to raise.
 *
 * <p>A heap is the memory of Java's objects. The arrays of the network lie outside it, and JavaCPP
 * limits them. On a cluster, an executor that has too little memory ends: Java ends it with code
 * 52, and the system or the container's manager kills it, which shows as code 137.
 */
final class MemoryShortage {
  /** Messages about arrays outside the heap, of JavaCPP and of native code. */
  private static final List<String> ARRAYS =
      List.of(
          "Physical memory usage is too high",
          "Failed to allocate memory within limits",
          "Cannot allocate new",
          "std::bad_alloc");

  /** How Spark names the place of a failed task; in local mode the executor is "driver". */
  private static final Pattern PLACE =
      Pattern.compile("\\(TID \\d+\\) \\((\\S+) executor (\\S+)\\)");

  private static final Pattern ENDED =
      Pattern.compile("(?i)(?:exit(?:ed with)? (?:code|status):? ?|exited with code )(52|137)\\b");
  private static final Pattern KILLED =
      Pattern.compile(
          "Container killed [^\\n]*exceeding[^\\n]*memory|OOMKilled|Container from a bad node[^\\n]*: 143");
  private static final Pattern SHORT =
      Pattern.compile(
          "java\\.lang\\.OutOfMemoryError(?:: ([^\\n]*))?|SparkOutOfMemoryError(?:: ([^\\n]*))?");

  private MemoryShortage() {}

  /** Returns what was short and what to change, in one line; empty for any other failure. */
  static Optional<String> reason(Throwable failure) {
    String executor = executor(failure);
    for (Throwable link : ExceptionUtils.getThrowableList(failure)) {
      String message = link.getMessage() == null ? "" : link.getMessage();
      if (ARRAYS.stream().anyMatch(message::contains)) {
        return Optional.of(arrays(executor, matching(message)));
      }
    }
    for (Throwable link : ExceptionUtils.getThrowableList(failure)) {
      String message = link.getMessage() == null ? "" : link.getMessage();
      if (link instanceof OutOfMemoryError) {
        return Optional.of(heap(executor, firstLine(message)));
      }
      Matcher told = SHORT.matcher(message);
      if (told.find()) {
        return Optional.of(heap(executor, told.group(1) == null ? "" : told.group(1)));
      }
      Matcher ended = ENDED.matcher(message);
      if (message.contains("ExecutorLostFailure") && ended.find()) {
        return Optional.of(
            ended.group(1).equals("52")
                ? heap(executor, "exit code 52")
                : killed(executor, "exit code 137"));
      }
      if (KILLED.matcher(message).find()) {
        return Optional.of(killed(executor, "more memory than its container has"));
      }
    }
    return Optional.empty();
  }

  /** Returns the executor whose task failed; empty if that is the driver itself. */
  private static String executor(Throwable failure) {
    for (Throwable link : ExceptionUtils.getThrowableList(failure)) {
      Matcher place = PLACE.matcher(link.getMessage() == null ? "" : link.getMessage());
      if (place.find() && !place.group(2).equals("driver")) {
        return "executor %s on %s".formatted(place.group(2), place.group(1));
      }
    }
    return "";
  }

  private static String heap(String executor, String detail) {
    if (detail.contains("native thread")) {
      return "the system gives %s no more threads (%s); raise its limit of processes (ulimit -u)"
          .formatted(executor.isEmpty() ? "the driver" : executor, detail);
    }
    if (executor.isEmpty()) {
      return "the driver's heap of %d MiB is too small%s; give it more with SYSCALL_DRIVER_MEMORY or -- --driver-memory"
          .formatted(Runtime.getRuntime().maxMemory() >> 20, inBrackets(detail));
    }
    return "the heap of %s is too small%s; give executors more with -- --executor-memory, or fewer spark.executor.cores"
        .formatted(executor, inBrackets(detail));
  }

  private static String arrays(String executor, String detail) {
    if (executor.isEmpty()) {
      return "the driver has too little memory for arrays outside its heap%s; give it more with SYSCALL_NATIVE_MEMORY, or lower training.batch-size or scoring.batch-size"
          .formatted(inBrackets(detail));
    }
    return "%s has too little memory for arrays outside its heap%s; raise spark.executor.memoryOverhead, or lower spark.executor.cores"
        .formatted(executor, inBrackets(detail));
  }

  private static String killed(String executor, String detail) {
    return "%s was killed (%s), as happens to a process that takes more memory than there is; raise spark.executor.memoryOverhead, or lower spark.executor.cores"
        .formatted(executor.isEmpty() ? "an executor" : executor, detail);
  }

  private static String inBrackets(String detail) {
    return detail.isEmpty() ? "" : " (" + detail + ")";
  }

  private static String matching(String message) {
    return message
        .lines()
        .filter(line -> ARRAYS.stream().anyMatch(line::contains))
        .findFirst()
        .map(String::strip)
        .orElse("")
        .replaceFirst("^.*(?=(?:" + String.join("|", ARRAYS) + "))", "");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
