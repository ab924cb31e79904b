package syscallanomaly.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.window.WindowSettings;

/** How configuration files are found, read and included. */
class ConfigurationFilesTest {
  @TempDir Path folder;

  private final ConfigurationLoader loader =
      new ConfigurationLoader(
          new ConfigurationFiles(new org.apache.hadoop.conf.Configuration()),
          InstantSource.system());

  @Test
  void readsAFileByItsUri() throws Exception {
    Path file = Files.writeString(folder.resolve("my.conf"), "windows.length = 7");

    assertThat(loader.load(Optional.of(file.toUri().toString()), List.of()).windows().length())
        .isEqualTo(7);
  }

  @Test
  void aFileThatIsIncludedCounts() throws Exception {
    Files.writeString(folder.resolve("base.conf"), "windows.length = 7");

    assertThat(load("include \"base\"\nwindows.limit = 3").windows())
        .isEqualTo(new WindowSettings(7, 3));
  }

  @Test
  void aConfigurationOfTheProgramCanBeIncludedFromAnywhere() throws Exception {
    Configuration configuration = load("include \"adfa-ld.conf\"\nwindows.limit = 3");

    assertThat(configuration.windows().limit()).isEqualTo(3);
    assertThat(configuration.training())
        .isEqualTo(loader.load(Optional.of("adfa-ld.conf"), List.of()).training());
  }

  @Test
  void aMisspeltIncludeIsAnErrorWithFileAndLine() throws Exception {
    Files.writeString(folder.resolve("base.conf"), "# more\ninclude file(\"non/more.conf\")\n");
    Path file = Files.writeString(folder.resolve("my.conf"), "run.seed = 2\n\ninclude \"bass\"");
    Path outer = Files.writeString(folder.resolve("outer.conf"), "include \"base.conf\"");

    assertRefused(
        file,
        "Cannot read configuration %s: there is no file bass that could be included (%s:3)"
            .formatted(file, file));
    assertRefused(
        outer,
        "Cannot read configuration %s: there is no file non/more.conf that could be included (%s:2)"
            .formatted(outer, folder.resolve("base.conf")));
    assertThatThrownBy(() -> loader.load(Optional.of(file.toUri().toString()), List.of()))
        .hasMessage(
            "Cannot read configuration %s: there is no file bass that could be included (%s:3)"
                .formatted(file.toUri(), file.toUri()));
  }

  @Test
  void aFolderIsCalledAFolder() {
    assertRefused(
        folder,
        "Cannot read configuration %s: it is a folder; name a file in it".formatted(folder));
    assertThatThrownBy(() -> loader.load(Optional.of(folder.toUri().toString()), List.of()))
        .hasMessage(
            "Cannot read configuration %s: it is a folder; name a file in it"
                .formatted(folder.toUri()));
  }

  @Test
  void aByteOrderMarkIsReadOrCalledOne() throws Exception {
    assertThat(load("\ufeffwindows.length = 7").windows().length()).isEqualTo(7);
    Path wide = folder.resolve("wide.conf");
    Files.write(wide, "\ufeffwindows.length = 7".getBytes(StandardCharsets.UTF_16LE));

    assertRefused(
        wide,
        "Cannot read configuration %s: it begins with the byte-order mark of UTF-16; save it as UTF-8"
            .formatted(wide));
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThat(
            catchThrowableOfType(ConfigurationException.class, () -> missing("no.conf")).errors())
        .containsExactly(
            "Cannot read configuration no.conf: no such file; give a file, a URI or one of"
                + " sample.conf, notebook.conf, adfa-ld.conf");
    assertThat(
            catchThrowableOfType(
                    ConfigurationException.class, () -> missing("file:///nowhere/no.conf"))
                .errors())
        .containsExactly("Cannot read configuration file:///nowhere/no.conf: no such file");
    assertThat(
            catchThrowableOfType(ConfigurationException.class, () -> missing("foo://a:b@c/no.conf"))
                .errors())
        .containsExactly(
            "Cannot read configuration foo://***@c/no.conf: No FileSystem for scheme \"foo\"");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> loader.load(Optional.of(file.toString()), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private Configuration missing(String name) throws ConfigurationException {
    return loader.load(Optional.of(name), List.of());
  }

  private Configuration load(String text) throws ConfigurationException, IOException {
    Path file = Files.writeString(folder.resolve("test.conf"), text);
    return loader.load(Optional.of(file.toString()), List.of());
  }
}
