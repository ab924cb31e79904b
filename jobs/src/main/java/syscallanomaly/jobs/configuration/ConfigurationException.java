package syscallanomaly.jobs.configuration;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> errors;

  /**
   * @param errors one line each, at least one
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
