package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Compares a configuration with the sections and keys that exist. */
final class KnownKeys {
  private static final ConfigObject NOTHING = ConfigFactory.empty().root();
  private static final int LARGEST_SLIP = 3;
  private static final int CHARACTERS_A_SLIP = 3;

  private final Config reference;
  private final Problems problems;

  KnownKeys(Config reference, Problems problems) {
    this.reference = reference;
    this.problems = problems;
  }

  /**
   * Returns the configuration without unknown keys. If a value stands in place of a section, or a
   * section in place of a value, the default is used. Each mistake is noted as a problem.
   */
  Config sift(Config configuration) {
    List<String> unusable = new ArrayList<>();
    sift(configuration.root(), reference.root(), List.of(), unusable);
    Config sifted = configuration;
    for (String path : unusable) {
      sifted = sifted.withoutPath(path);
    }
    return sifted.withFallback(reference);
  }

  private void sift(
      ConfigObject given, ConfigObject known, List<String> parents, List<String> unusable) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(given).entrySet()) {
      List<String> elements = new ArrayList<>(parents);
      elements.add(entry.getKey());
      String name = String.join(".", elements);
      ConfigValue value = entry.getValue();
      ConfigValue expected = known.get(entry.getKey());
      boolean isSection = value.valueType() == ConfigValueType.OBJECT;
      if (expected == null && isSection && !((ConfigObject) value).isEmpty()) {
        sift((ConfigObject) value, NOTHING, elements, unusable);
        continue;
      } else if (expected == null) {
        problems.add(
            name,
            value,
            RenamedKeys.newName(name)
                .map(now -> "it is called %s now; write that name".formatted(now))
                .orElseGet(() -> "no such key; " + advice(name)));
      } else if (expected instanceof ConfigObject section && isSection) {
        sift((ConfigObject) value, section, elements, unusable);
        continue;
      } else if (expected instanceof ConfigObject section) {
        problems.add(name, value, "must be a section, with " + keys(name, section));
      } else if (isSection) {
        problems.add(name, value, "must be a value, not a section");
      } else {
        continue;
      }
      unusable.add(ConfigUtil.joinPath(elements));
    }
  }

  private static String keys(String section, ConfigObject known) {
    return known.keySet().stream()
        .sorted()
        .map(key -> section + "." + key)
        .collect(Collectors.joining(", "));
  }

  private String advice(String name) {
    return nearest(name)
        .or(() -> sameLastName(name))
        .map(key -> "did you mean " + key + "?")
        .orElse("--help lists all keys");
  }

  private Optional<String> nearest(String name) {
    LevenshteinDistance slips =
        new LevenshteinDistance(Math.min(LARGEST_SLIP, name.length() / CHARACTERS_A_SLIP));
    TreeMap<Integer, String> found = new TreeMap<>();
    for (ConfigurationKey key : ConfigurationKey.all()) {
      for (String candidate = key.path();
          !candidate.isEmpty();
          candidate = candidate.substring(0, Math.max(0, candidate.lastIndexOf('.')))) {
        int distance = slips.apply(name, candidate);
        if (distance >= 0) {
          found.putIfAbsent(distance, candidate);
        }
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.firstEntry().getValue());
  }

  private static Optional<String> sameLastName(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<String> keys =
        ConfigurationKey.all().stream()
            .map(ConfigurationKey::path)
            .filter(path -> path.endsWith("." + last))
            .toList();
    return keys.size() == 1 ? Optional.of(keys.get(0)) : Optional.empty();
  }
}
