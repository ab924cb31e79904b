import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** An ordinary Java program: counts the words of files and writes the counts into another. */
class WordCount {
  public static void main(String[] arguments) throws IOException {
    var counts = new TreeMap<String, Integer>();
    for (int i = 1; i < arguments.length; i++) {
      for (String line : Files.readAllLines(Path.of(arguments[i]))) {
        for (String word : line.split("\\W+")) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    try (var writer = Files.newBufferedWriter(Path.of(arguments[0]))) {
      for (var entry : counts.entrySet()) {
        writer.write(entry.getKey() + " " + entry.getValue() + "\n");
      }
    }
  }
}
