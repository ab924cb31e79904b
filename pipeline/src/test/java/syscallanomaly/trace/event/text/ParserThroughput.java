package syscallanomaly.trace.event.text;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import syscallanomaly.trace.event.EventFormat;
import syscallanomaly.trace.event.EventFormat.LineParser;
import syscallanomaly.trace.event.EventFormat.Sink;
import syscallanomaly.trace.event.EventSettings;
import syscallanomaly.trace.event.SystemCallEvent;

/** Measures how fast one thread turns text into lines and lines into events. Run it by hand. */
final class ParserThroughput implements Sink {
  private static final int BYTES = 16 << 20;
  private static final int ROUNDS = 12;

  private long events;
  private long callsSum;

  private ParserThroughput() {}

  public static void main(String[] arguments) throws IOException {
    Recordings recordings = new Recordings();
    List<String> strace =
        recordings.foldersWith("numbers.txt").stream().flatMap(recordings::linesOfThreads).toList();
    measure("strace", "-ff -ttt", strace.stream());
    measure(
        "strace",
        "-f -tt -T",
        strace.stream().map(line -> "4711 11:02:03.1 " + line.substring(18) + " <0.000008>"));
    measure("auditd", "raw", recordings.lines("audit/raw/audit.log").stream());
    measure("auditd", "enriched", recordings.lines("audit/enriched/audit.log").stream());
    measure(
        "sysdig",
        "made of strace's lines",
        strace.stream()
            .map(
                line ->
                    "1631078867467689061 33 4711 apache2 4712 openat > dirfd=-100(AT_FDCWD) "
                        + line.substring(18)));
  }

  private static void measure(String name, String what, Stream<String> some) throws IOException {
    byte[] once = (String.join("\n", some.toList()) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[BYTES / once.length * once.length];
    for (int i = 0; i < text.length; i += once.length) {
      System.arraycopy(once, 0, text, i, once.length);
    }
    EventFormat format = EventFormats.named(name).orElseThrow();
    double fastest = 0;
    ParserThroughput taken = new ParserThroughput();
    for (int round = 0; round < ROUNDS; round++) {
      taken = new ParserThroughput();
      LineParser parser = format.parser(EventSettings.defaults(), "log.1");
      long start = System.nanoTime();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          parser.parse(line, false, taken);
        }
      }
      fastest = Math.max(fastest, text.length * 1e3 / (System.nanoTime() - start));
    }
    System.out.printf(
        "%s (%s): %.0f MB/s, %.2f million events/s, checksum %d%n",
        name, what, fastest, fastest * taken.events / text.length, taken.callsSum);
  }

  @Override
  public void event(SystemCallEvent event) {
    events++;
    callsSum += event.call();
  }

  @Override
  public void ignored(String kind) {}

  @Override
  public void rejected(String reason) {
    throw new IllegalStateException(reason);
  }
}
