package syscallanomaly.table;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An enum whose constants have a name of their own in tables. */
public interface Labelled {
  /** The name in tables. It is unique in the enum. */
  String label();

  /**
   * Finds the constant of an enum by its label.
   *
   * @throws IllegalArgumentException if no constant has the label
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
