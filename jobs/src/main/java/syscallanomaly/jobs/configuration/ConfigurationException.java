package syscallanomaly.jobs.configuration;

import java.util.List;

/** Says that a configuration cannot be used, and names every mistake in it. */
public class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> errors;

  /**
   * Makes the exception.
   *
   * @param errors one line for each mistake, at least one
   */
  public ConfigurationException(List<String> errors) {
    super(String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  /** One line for each mistake, in the order of the keys. */
  public List<String> errors() {
    return errors;
  }
}
