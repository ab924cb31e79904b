package syscallanomaly.jobs.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads typed values of a configuration. If a value cannot be used, the problem is noted and the
 * result is a harmless value, so that reading continues and finds the next problem.
 */
final class Section {
  private final Config configuration;
  private final Problems problems;
  private final SortedMap<String, Object> values;

  /**
   * Makes a reader.
   *
   * @param configuration a resolved configuration with a value for every key
   * @param problems receives the problems
   * @param values receives each value that is read
   */
  Section(Config configuration, Problems problems, SortedMap<String, Object> values) {
    this.configuration = configuration;
    this.problems = problems;
    this.values = values;
  }

  /** Notes that a value contradicts the values of other keys. */
  void refuse(String key, String rule) {
    problems.add(key, value(key), rule);
  }

  /** Whether any value so far cannot be used. */
  boolean hasProblems() {
    return !problems.isEmpty();
  }

  String text(String key) {
    return text(key, "", any -> true);
  }

  String nonEmptyText(String key) {
    return text(key, "must not be empty", value -> !value.isEmpty());
  }

  String text(String key, String rule, Predicate<String> valid) {
    ConfigValue value = value(key);
    ConfigValueType type = value.valueType();
    if (type == ConfigValueType.LIST || type == ConfigValueType.NULL) {
      problems.add(key, value, "must be a text");
      return "";
    }
    String text = configuration.getString(key);
    return checked(key, text, rule, valid.test(text));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    Object given = value(key).unwrapped();
    for (E constant : type.getEnumConstants()) {
      if (label(constant).equals(given)) {
        values.put(key, given);
        return constant;
      }
    }
    String labels =
        Arrays.stream(type.getEnumConstants())
            .map(Section::label)
            .collect(Collectors.joining(" or "));
    problems.add(key, value(key), "must be " + labels);
    return type.getEnumConstants()[0];
  }

  boolean flag(String key) {
    try {
      boolean flag = configuration.getBoolean(key);
      values.put(key, flag);
      return flag;
    } catch (ConfigException e) {
      problems.add(key, value(key), "must be true or false");
      return false;
    }
  }

  int wholeAtLeast(int least, String key) {
    return (int)
        whole(
            key,
            "must be at least " + least + " and at most " + Integer.MAX_VALUE,
            "must be at least " + least,
            least,
            Integer.MAX_VALUE);
  }

  int wholeBetween(int least, int most, String key) {
    String rule = "must be %d to %d".formatted(least, most);
    return (int) whole(key, rule, rule, least, most);
  }

  long longAtLeast(long least, String key) {
    String rule = "must be at least " + least;
    return whole(key, rule, rule, least, Long.MAX_VALUE);
  }

  long whole(String key) {
    return whole(key, "", "", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private long whole(String key, String tooLarge, String tooSmall, long least, long most) {
    Number number = number(key, "must be a whole number");
    if (number == null) {
      return least;
    }
    if (number.doubleValue() != Math.rint(number.doubleValue())) {
      problems.add(key, value(key), "must be a whole number");
      return least;
    }
    if (number instanceof Double && Math.abs(number.doubleValue()) >= Long.MAX_VALUE) {
      problems.add(key, value(key), "must be a whole number of at most 19 digits");
      return least;
    }
    long whole = number.longValue();
    LongPredicate inRange = value -> value >= least && value <= most;
    return checked(key, whole, whole < least ? tooSmall : tooLarge, inRange.test(whole));
  }

  /** Reads a size in bytes of at least 1, such as {@code 512}, {@code 64K} or {@code 16M}. */
  long bytes(String key) {
    try {
      long bytes = configuration.getBytes(key);
      return checked(key, bytes, "must be at least 1", bytes >= 1);
    } catch (ConfigException e) {
      problems.add(key, value(key), "must be a size in bytes, such as 16M");
      return 1;
    }
  }

  /** Reads a number from 0 to 1. */
  double share(String key) {
    return real(key, "must be 0 to 1", value -> value >= 0 && value <= 1);
  }

  /** Reads a number above 0 and below 1. */
  double properShare(String key) {
    return real(key, "must be above 0 and below 1", value -> value > 0 && value < 1);
  }

  double real(String key, String rule, Predicate<Double> valid) {
    Number number = number(key, "must be a number");
    if (number == null) {
      return Double.NaN;
    }
    double real = number.doubleValue();
    return checked(key, real, rule, valid.test(real));
  }

  /** Reads a list of whole numbers, each at least 1; the list has at least one. */
  List<Integer> sizes(String key) {
    String rule = "must be a list of whole numbers, each at least 1, such as [64, 256, 100]";
    try {
      List<Integer> sizes = new ArrayList<>();
      for (Number number : configuration.getNumberList(key)) {
        if (number.doubleValue() != number.intValue()) {
          problems.add(key, value(key), rule);
          return List.of();
        }
        sizes.add(number.intValue());
      }
      boolean valid = !sizes.isEmpty() && sizes.stream().allMatch(size -> size >= 1);
      return checked(key, List.copyOf(sizes), rule, valid);
    } catch (ConfigException e) {
      problems.add(key, value(key), rule);
      return List.of();
    }
  }

  /** Reads one of the known names. */
  String name(String key, List<String> known) {
    return text(key, "must be " + String.join(" or ", known), known::contains);
  }

  /** Reads a list of known names; it has at least one name, and no name twice. */
  List<String> names(String key, List<String> known) {
    String rule = "must be a list of " + String.join(", ", known) + ", each at most once";
    try {
      List<String> names = List.copyOf(configuration.getStringList(key));
      boolean valid =
          !names.isEmpty()
              && known.containsAll(names)
              && names.stream().distinct().count() == names.size();
      return checked(key, names, rule, valid);
    } catch (ConfigException e) {
      problems.add(key, value(key), rule);
      return List.of();
    }
  }

  private Number number(String key, String rule) {
    try {
      return configuration.getNumber(key);
    } catch (ConfigException e) {
      problems.add(key, value(key), rule);
      return null;
    }
  }

  /** Returns the value as it was given; it may be null. */
  private ConfigValue value(String key) {
    ConfigValue value = configuration.root();
    for (String element : ConfigUtil.splitPath(key)) {
      value = ((ConfigObject) value).get(element);
    }
    return value;
  }

  private <T> T checked(String key, T value, String rule, boolean valid) {
    values.put(key, value);
    if (!valid) {
      problems.add(key, value(key), rule);
    }
    return value;
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
