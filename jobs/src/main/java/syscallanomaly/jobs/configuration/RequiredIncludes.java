package syscallanomaly.jobs.configuration;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Refuses to include what does not exist. HOCON itself ignores such an {@code include}, unless it
 * says {@code required}. A misspelt name would then leave all its settings at their defaults.
 */
final class RequiredIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** Endings that HOCON adds to the name of an included file. */
  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  /** HOCON's own way to include; null until HOCON gives it. */
  private final ConfigIncluder plain;

  RequiredIncludes() {
    this(null);
  }

  private RequiredIncludes(ConfigIncluder plain) {
    this.plain = plain;
  }

  /** Says that an included file cannot be read. */
  static final class MissingException extends ConfigException {
    private static final long serialVersionUID = 1L;

    private final String included;
    private final Place place;

    private MissingException(String included, Place place, Throwable cause) {
      super("Cannot include " + included, cause);
      this.included = included;
      this.place = place;
    }

    /** The name in the {@code include}. */
    String included() {
      return included;
    }

    /** Where the {@code include} stands; empty if it stands in the file that was read first. */
    Optional<Place> place() {
      return Optional.ofNullable(place);
    }
  }

  /**
   * A line of a file.
   *
   * @param file name of the file
   * @param line number of the line, from 1; 0 if it is not known
   */
  record Place(String file, int line) {
    /** Finds the {@code include} of a name in the text of a file. */
    static Place of(String file, String text, String included) {
      Pattern include = Pattern.compile("\\binclude\\b[^\"\\n]*\"" + Pattern.quote(included));
      Matcher found = include.matcher(text);
      int line =
          found.find()
              ? 1 + (int) text.chars().limit(found.start()).filter(c -> c == '\n').count()
              : 0;
      return new Place(file, line);
    }

    @Override
    public String toString() {
      return line > 0 ? file + ":" + line : file;
    }
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return plain == null ? new RequiredIncludes(fallback) : this;
  }

  /** Includes a file of this name; if there is none, one of the configurations of the program. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    try {
      return include(
          context,
          what,
          required -> plain.include(required, what),
          Stream.concat(neighbours(context, what), Stream.of(Path.of(what))));
    } catch (MissingException e) {
      URL shipped = e.included().equals(what) ? ConfigurationFiles.shipped(what) : null;
      if (shipped == null) {
        throw e;
      }
      return ConfigFactory.parseURL(shipped, context.parseOptions()).root();
    }
  }

  private static Stream<Path> neighbours(ConfigIncludeContext context, String what) {
    return ENDINGS.stream()
        .map(ending -> context.relativeTo(what + ending))
        .flatMap(Stream::ofNullable)
        .map(RequiredIncludes::file)
        .flatMap(Optional::stream);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(
        context,
        what.getPath(),
        required -> ((ConfigIncluderFile) plain).includeFile(required, what),
        Stream.of(what.toPath()));
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    return include(
        context,
        what.toString(),
        required -> ((ConfigIncluderURL) plain).includeURL(required, what),
        Stream.of());
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return include(
        context,
        what,
        required -> ((ConfigIncluderClasspath) plain).includeResources(required, what),
        Stream.of());
  }

  /**
   * Includes a file that must exist.
   *
   * @param what name of the file
   * @param including includes it
   * @param places where the file may be, to find the line of an {@code include} in it
   */
  private static ConfigObject include(
      ConfigIncludeContext context,
      String what,
      Function<ConfigIncludeContext, ConfigObject> including,
      Stream<Path> places) {
    try {
      return including.apply(
          context.setParseOptions(context.parseOptions().setAllowMissing(false)));
    } catch (MissingException e) {
      if (e.place().isPresent()) {
        throw e;
      }
      throw new MissingException(e.included(), place(what, e.included(), places), e);
    } catch (ConfigException.IO e) {
      throw new MissingException(what, null, e);
    }
  }

  private static Place place(String file, String included, Stream<Path> places) {
    return places
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(path -> text(path).map(text -> Place.of(path.toString(), text, included)))
        .orElse(new Place(file, 0));
  }

  private static Optional<Path> file(ConfigParseable parseable) {
    return Optional.ofNullable(parseable.origin().filename()).map(Path::of);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
