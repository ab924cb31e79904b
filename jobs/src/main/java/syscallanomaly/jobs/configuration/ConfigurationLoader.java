package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes the configuration of a run of what the command line gives: values of {@code --set}, then
 * the file of {@code --conf}, then the defaults of {@code reference.conf}.
 *
 * <p>System properties play no part. Environment variables do where a file names them: {@code
 * ${HOME}}.
 */
public final class ConfigurationLoader {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final ConfigurationFiles files;
  private final InstantSource clock;

  /**
   * @param clock names runs that have no name
   */
  public ConfigurationLoader(ConfigurationFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /**
   * Reads and validates.
   *
   * @param file local file, URI or name of a configuration that comes with the program; empty: the
   *     one for the embedded sample
   * @param assignments {@code key=value} each; a later one wins
   * @throws ConfigurationException with everything that is wrong
   */
  public Configuration load(Optional<String> file, List<String> assignments)
      throws ConfigurationException {
    Problems problems = new Problems();
    Config overrides = ConfigFactory.empty();
    for (String assignment : assignments) {
      try {
        overrides = CommandLineValue.parse(assignment).withFallback(overrides);
      } catch (IllegalArgumentException e) {
        problems.add(Objects.requireNonNull(e.getMessage()));
      }
    }
    Config given = overrides.withFallback(read(file, problems));
    Config reference = reference();
    Config sifted = new KnownKeys(reference, problems).sift(resolved(given, reference, problems));
    Configuration configuration = new ConfigurationReader(sifted, problems).read();
    problems.throwIfAny();
    return named(configuration);
  }

  static Config reference() {
    return ConfigFactory.parseURL(
        Objects.requireNonNull(ConfigurationLoader.class.getResource("/reference.conf")));
  }

  private Config read(Optional<String> file, Problems problems) {
    try {
      return files.read(file.orElse(ConfigurationFiles.SAMPLE));
    } catch (ConfigurationException e) {
      e.errors().forEach(problems::add);
      return ConfigFactory.empty();
    }
  }

  private static Config resolved(Config given, Config reference, Problems problems) {
    try {
      return given.withFallback(reference).resolve();
    } catch (ConfigException e) {
      problems.add("Cannot read the configuration: " + ConfigurationFiles.oneLine(e));
      return reference;
    }
  }

  private Configuration named(Configuration configuration) {
    if (!configuration.run().id().isEmpty()) {
      return configuration;
    }
    Instant now = clock.instant();
    return configuration.withRunId(RUN_ID.format(now));
  }
}
