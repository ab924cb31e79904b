package syscallanomaly.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Versions that the build wrote into the program. */
public final class CodeVersion {
  /** Name of this program in {@link #all}. */
  public static final String PROGRAM = "syscall-anomaly";

  private CodeVersion() {}

  /** Version of this program, such as {@code 0.1.0}. */
  public static String text() {
    return property("version");
  }

  /** Version of DL4J that this program was built with. */
  public static String deeplearning4j() {
    return property("deeplearning4j");
  }

  /** Versions of this program, of Spark, of DL4J and of Java, by name. */
  public static SortedMap<String, String> all(SparkSession spark) {
    return new TreeMap<>(
        Map.of(
            PROGRAM,
            text(),
            "spark",
            spark.version(),
            "deeplearning4j",
            deeplearning4j(),
            "java",
            System.getProperty("java.version")));
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
