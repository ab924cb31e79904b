package syscallanomaly.table;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An enum whose constants have a name of their own in tables. */
public interface Labelled {
  /** The name in tables; no two constants of an enum share one. */
  String label();

  /**
   * The constant of an enum that has a label.
   *
   * @throws IllegalArgumentException if none has
   */
  static <E extends Labelled> E of(Class<E> type, String label) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read '%s' as a %s: it must be one of %s"
                        .formatted(
                            label,
                            type.getSimpleName(),
                            Arrays.stream(constants)
                                .map(Labelled::label)
                                .collect(Collectors.joining(", ")))));
  }
}
