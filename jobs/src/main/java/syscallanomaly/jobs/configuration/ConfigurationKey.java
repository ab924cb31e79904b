package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import syscallanomaly.score.fitted.Detectors;
import syscallanomaly.trace.Formats;
import syscallanomaly.train.optimiser.Optimisers;

/**
 * A key of the configuration, as {@code reference.conf} describes it.
 *
 * @param path sections and key, joined by dots
 * @param fallback default value, as HOCON
 * @param meaning one line that says what the key means
 * @param decides the part of a run's output that depends on the key
 */
public record ConfigurationKey(String path, String fallback, String meaning, Decides decides) {
  /** Returns all keys in the order of {@code reference.conf}. */
  public static List<ConfigurationKey> all() {
    Config reference = ConfigurationLoader.reference();
    return reference.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .map(entry -> of(reference, entry))
        .toList();
  }

  /** Names that the program lists elsewhere, so that the comment need not repeat them. */
  private static String completed(String comment) {
    String formats =
        Formats.descriptions().entrySet().stream()
            .map(format -> "%s (%s)".formatted(format.getKey(), format.getValue()))
            .collect(Collectors.joining(", "));
    return comment
        .replace("{formats}", formats)
        .replace("{detectors}", String.join(", ", Detectors.names()))
        .replace("{parts}", String.join(", ", Detectors.parts()))
        .replace("{optimisers}", String.join(" or ", Optimisers.names()));
  }

  private static ConfigurationKey of(Config reference, Map.Entry<String, ConfigValue> entry) {
    List<String> elements = ConfigUtil.splitPath(entry.getKey());
    return new ConfigurationKey(
        String.join(".", elements),
        entry.getValue().render(ConfigRenderOptions.concise()),
        completed(
            entry.getValue().origin().comments().stream()
                .filter(line -> !Decides.isTag(line))
                .map(String::strip)
                .collect(Collectors.joining(" "))),
        decides(reference, elements));
  }

  /** What the key's own comment says, else that of the nearest section around it. */
  private static Decides decides(Config reference, List<String> elements) {
    Decides decides = Decides.NOTHING;
    ConfigValue value = reference.root();
    for (String element : elements) {
      value = ((ConfigObject) value).get(element);
      decides = Decides.in(value.origin().comments()).orElse(decides);
    }
    return decides;
  }
}
