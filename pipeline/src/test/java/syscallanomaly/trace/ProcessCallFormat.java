package syscallanomaly.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceFormat;

/**
 * A format for tests: each line is a process and one call of it, and the lines of several processes
 * are interleaved in a file. A line that starts with # is a comment. Traces come in the order in
 * which their processes first appear.
 */
final class ProcessCallFormat implements TraceFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "process-call";
  }

  @Override
  public String description() {
    return "each line is a process and one call of it";
  }

  @Override
  public Parser parser(int largestCall) {
    return (file, in) -> parse(file, in, largestCall);
  }

  private static Iterator<ParsedTrace> parse(String file, InputStream in, int largestCall)
      throws IOException {
    Map<String, StringBuilder> processes = new LinkedHashMap<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" ", 2);
        processes
            .computeIfAbsent(parts[0], process -> new StringBuilder())
            .append(' ')
            .append(parts[1]);
      }
    }
    return processes.entrySet().stream()
        .map(process -> trace(file, process.getKey(), process.getValue().toString(), largestCall))
        .iterator();
  }

  private static ParsedTrace trace(String file, String process, String calls, int largestCall) {
    int[] numbers =
        List.of(calls.strip().split(" ")).stream()
            .mapToInt(call -> call.matches("\\d{1,9}") ? Integer.parseInt(call) : -1)
            .toArray();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0 || numbers[i] > largestCall) {
        return ParsedTrace.rejected(
            file, "#" + process, "call %d is not 0 to %d".formatted(i + 1, largestCall));
      }
    }
    return ParsedTrace.accepted(file, "#" + process, numbers);
  }
}
