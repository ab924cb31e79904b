package syscallanomaly.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the program. */
public final class CodeVersion {
  private CodeVersion() {}

  /** The version that the build has written down, such as {@code 0.1.0}. */
  public static String text() {
    return property("version");
  }

  /** The version of DL4J that the build was made with. */
  public static String deeplearning4j() {
    return property("deeplearning4j");
  }

  private static String property(String name) {
    try (InputStream in = CodeVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
