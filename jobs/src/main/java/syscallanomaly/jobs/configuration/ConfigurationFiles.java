package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds and reads the configuration that {@code --conf} names. */
public final class ConfigurationFiles {
  /** Name of the configuration for the embedded sample. */
  public static final String SAMPLE = "sample.conf";

  /** Names of the configurations in the folder {@code conf} that the program contains. */
  public static final List<String> SHIPPED = List.of(SAMPLE, "notebook.conf", "adfa-ld.conf");

  private static final String VARIABLE = "env:";
  private static final String FOLDER = "it is a folder; name a file in it";
  private static final Set<Integer> UTF_16_MARKS = Set.of(0xfeff, 0xfffe);
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final org.apache.hadoop.conf.Configuration hadoop;

  /**
   * Makes a reader.
   *
   * @param hadoop configuration of the file systems that hold files of other machines
   */
  public ConfigurationFiles(org.apache.hadoop.conf.Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Reads the configuration of this name. References in it are not resolved.
   *
   * @param name one of four things, tried in this order: a local file; {@code env:} and the name of
   *     an environment variable that holds what {@link Configuration#encoded} returns; a URI of any
   *     Hadoop file system; one of {@link #SHIPPED}
   * @throws ConfigurationException if the file does not exist or cannot be read
   */
  Config read(String name) throws ConfigurationException {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setOriginDescription(name)
            .setSyntax(name.endsWith(".json") ? ConfigSyntax.JSON : ConfigSyntax.CONF)
            .setIncluder(new RequiredIncludes())
            .setAllowMissing(false);
    String text = "";
    try {
      java.nio.file.Path local = java.nio.file.Path.of(name);
      if (Files.isDirectory(local)) {
        throw unreadable(name, FOLDER);
      }
      if (Files.exists(local)) {
        text = text(Files.readAllBytes(local));
        // A pipe can be read only once, and a file is parsed as such to find what it includes.
        return Files.isRegularFile(local)
            ? ConfigFactory.parseFile(local.toFile(), options)
            : ConfigFactory.parseString(text, options);
      }
      if (name.startsWith(VARIABLE)) {
        return readVariable(name.substring(VARIABLE.length()), options);
      }
      if (URI.matcher(name).matches()) {
        text = text(readRemote(new Path(name)));
        return ConfigFactory.parseString(text, options);
      }
      URL shipped = shipped(name);
      if (shipped != null) {
        return ConfigFactory.parseURL(shipped, options);
      }
    } catch (RequiredIncludes.MissingException e) {
      RequiredIncludes.Place top = RequiredIncludes.Place.of(name, text, e.included());
      throw unreadable(
          name,
          "there is no file %s that could be included (%s)"
              .formatted(e.included(), e.place().orElse(top)));
    } catch (ConfigException e) {
      throw unreadable(name, oneLine(e));
    } catch (FileNotFoundException e) {
      throw unreadable(
          name, name.startsWith(VARIABLE) ? "no such environment variable" : "no such file");
    } catch (IOException | RuntimeException e) {
      throw unreadable(name, oneLine(e));
    }
    throw unreadable(
        name, "no such file; give a file, a URI or one of " + String.join(", ", SHIPPED));
  }

  /** Returns a configuration that the program contains; null if it has none of this name. */
  static URL shipped(String name) {
    return SHIPPED.contains(name) ? ConfigurationFiles.class.getResource("/conf/" + name) : null;
  }

  private static Config readVariable(String variable, ConfigParseOptions options)
      throws FileNotFoundException {
    String encoded = System.getenv(variable);
    if (encoded == null) {
      throw new FileNotFoundException(variable);
    }
    String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    return ConfigFactory.parseString(text, options);
  }

  private byte[] readRemote(Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (files.getFileStatus(path).isDirectory()) {
      throw new IOException(FOLDER);
    }
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  /** Decodes UTF-8, with or without a byte-order mark, which HOCON reads as white space. */
  private static String text(byte[] content) throws IOException {
    if (content.length >= 2
        && UTF_16_MARKS.contains((content[0] & 0xff) << 8 | (content[1] & 0xff))) {
      throw new IOException("it begins with the byte-order mark of UTF-16; save it as UTF-8");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  static String oneLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }

  private static ConfigurationException unreadable(String name, String reason) {
    return new ConfigurationException(
        List.of(Secrets.masked("Cannot read configuration " + name + ": " + reason)));
  }
}
