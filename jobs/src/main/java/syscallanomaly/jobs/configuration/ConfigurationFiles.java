package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Finds and reads the configuration that {@code --conf} names. */
public final class ConfigurationFiles {
  /** Name of the configuration for the embedded sample. */
  public static final String SAMPLE = "sample.conf";

  /** Names of the configurations in the folder {@code conf} that the program contains. */
  public static final List<String> SHIPPED = List.of(SAMPLE, "notebook.conf", "adfa-ld.conf");

  private static final String VARIABLE = "env:";
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
            .setAllowMissing(false);
    try {
      java.nio.file.Path local = java.nio.file.Path.of(name);
      if (Files.isRegularFile(local)) {
        return ConfigFactory.parseFile(local.toFile(), options);
      }
      if (name.startsWith(VARIABLE)) {
        return readVariable(name.substring(VARIABLE.length()), options);
      }
      if (URI.matcher(name).matches()) {
        return readRemote(new Path(name), options);
      }
      URL shipped = SHIPPED.contains(name) ? getClass().getResource("/conf/" + name) : null;
      if (shipped != null) {
        return ConfigFactory.parseURL(shipped, options);
      }
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

  private static Config readVariable(String variable, ConfigParseOptions options)
      throws FileNotFoundException {
    String encoded = System.getenv(variable);
    if (encoded == null) {
      throw new FileNotFoundException(variable);
    }
    String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    return ConfigFactory.parseString(text, options);
  }

  private Config readRemote(Path path, ConfigParseOptions options) throws IOException {
    try (InputStreamReader reader =
        new InputStreamReader(path.getFileSystem(hadoop).open(path), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(reader, options);
    }
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
