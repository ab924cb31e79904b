package syscallanomaly.trace.event.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import syscallanomaly.trace.event.EventSettings;

/** The files of recordings.zip; recordings.md says what they are. */
final class Recordings {
  private final Map<String, List<String>> files = new TreeMap<>();

  Recordings() throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(Recordings.class.getResourceAsStream("recordings.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        files.put(entry.getName(), text.isEmpty() ? List.of() : List.of(text.split("\n")));
      }
    }
  }

  List<String> lines(String file) {
    return files.get(file);
  }

  /** The folders that hold a file of this name. */
  List<String> foldersWith(String name) {
    return files.keySet().stream()
        .filter(file -> file.endsWith("/" + name))
        .map(file -> file.substring(0, file.lastIndexOf('/')))
        .toList();
  }

  /** The lines that strace -ff wrote into a folder. */
  Stream<String> linesOfThreads(String folder) {
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith(folder + "/thread."))
        .flatMap(file -> file.getValue().stream());
  }

  /** What strace -ff wrote into a folder, by thread. */
  Map<Long, Outcomes> threads(String folder) {
    Map<Long, Outcomes> threads = new TreeMap<>();
    files.forEach(
        (file, lines) -> {
          if (file.startsWith(folder + "/thread.")) {
            Outcomes outcomes = Outcomes.of("strace", EventSettings.defaults(), file, lines);
            threads.put(Long.valueOf(file.substring(file.lastIndexOf('.') + 1)), outcomes);
          }
        });
    return threads;
  }
}
