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
 * Makes the configuration of a run. A value comes from {@code --set} if it is given there, else
 * from the file of {@code --conf}, else from the defaults in {@code reference.conf}.
 *
 * <p>System properties have no influence. Environment variables have one where a file refers to
 * them: {@code ${HOME}}.
 *
 * <pre>{@code
 * Configuration configuration =
 *     new ConfigurationLoader(new ConfigurationFiles(hadoop), InstantSource.system())
 *         .load(Optional.of("adfa-ld.conf"), List.of("training.epochs=4"));
 * }</pre>
 */
public final class ConfigurationLoader {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final ConfigurationFiles files;
  private final InstantSource clock;

  /**
   * Makes a loader.
   *
   * @param files reads the configuration that {@code --conf} names
   * @param clock names runs that have no name
   */
  public ConfigurationLoader(ConfigurationFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  /**
   * Reads and validates a configuration.
   *
   * @param file local file, URI or name of a configuration that the program contains; empty for the
   *     configuration of the embedded sample
   * @param assignments texts {@code key=value}; of two assignments to a key, the later one counts
   * @throws ConfigurationException if the configuration cannot be used; it names every mistake
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
