package syscallanomaly.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import syscallanomaly.jobs.configuration.ConfigurationKey;
import syscallanomaly.trace.TraceReader;

/** What the library says to people, it says without the command line's options and keys. */
class LibraryMessagesTest {
  private static final int CLASS_FILE = 0xCAFEBABE;

  @Test
  void noTextOfTheLibraryNamesAnOptionOrAKey() throws Exception {
    Pattern commandLine = commandLine();
    List<String> found = new ArrayList<>();
    Map<String, List<String>> texts = textsOfTheLibrary();
    texts.forEach(
        (type, literals) ->
            literals.stream()
                .filter(text -> commandLine.matcher(text).find())
                .forEach(text -> found.add(type + ": " + text)));

    assertThat(texts.get("TraceReader.class")).as("what is read").contains("no such archive");
    assertThat(found).isEmpty();
  }

  @Test
  void theSearchFindsKeysAndOptionsAndNoLongerWords() {
    assertThat(Stream.of("set traces.root", "traces.root: a", "--set", "(--conf)"))
        .allMatch(text -> commandLine().matcher(text).find());
    assertThat(Stream.of("my.traces.root", "traces.rooted", "traces.root.folder", "--settle"))
        .noneMatch(text -> commandLine().matcher(text).find());
  }

  /** Keys without a dot are words of the language, such as workspace. */
  private static Pattern commandLine() {
    return Pattern.compile(
        Stream.concat(
                Stream.of("--set", "--conf"),
                ConfigurationKey.all().stream()
                    .map(ConfigurationKey::path)
                    .filter(key -> key.contains(".")))
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<![\\w.-])(", ")(?![\\w-]|\\.\\w)")));
  }

  private static Map<String, List<String>> textsOfTheLibrary()
      throws IOException, URISyntaxException {
    Path classes =
        Path.of(TraceReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(classes)) {
      return textsBelow(classes);
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      return textsBelow(jar.getPath("/"));
    }
  }

  private static Map<String, List<String>> textsBelow(Path classes) throws IOException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        texts.put(file.getFileName().toString(), texts(file));
      }
    }
    return texts;
  }

  /**
   * The string constants of a class (The Java Virtual Machine Specification, Java SE 17, section
   * 4.4: The Constant Pool), those that concatenations are made of among them.
   */
  private static List<String> texts(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      assertThat(in.readInt()).isEqualTo(CLASS_FILE);
      in.readInt();
      int count = in.readUnsignedShort();
      String[] utf8 = new String[count];
      List<Integer> strings = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> utf8[i] = in.readUTF();
          case 8 -> strings.add(in.readUnsignedShort());
          case 7, 16, 19, 20 -> in.readUnsignedShort();
          case 15 -> in.skipNBytes(3);
          case 5, 6 -> {
            // A long or a double takes two places.
            in.readLong();
            i++;
          }
          default -> in.readInt();
        }
      }
      return strings.stream().map(index -> utf8[index]).toList();
    }
  }
}
