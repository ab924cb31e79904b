package syscallanomaly.jobs.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * What benchmarks write into {@code benchmark.json}: records, names in snake case. Figures that a
 * record computes are methods, which the JVM names in no fixed order; such a record gives the order
 * itself.
 */
public final class BenchmarkJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private BenchmarkJson() {}

  /** Everything that a record of numbers and text holds, down to the records in it. */
  public static String of(Record result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write numbers as JSON", e);
    }
  }
}
