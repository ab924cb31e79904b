package syscallanomaly.jobs.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;

/**
 * Writes the results of a benchmark as the JSON of {@code benchmark.json}. Results are records;
 * their names are written in snake case. A record may also have figures that methods compute. The
 * JVM lists methods in no fixed order, so such a record states the order itself.
 */
public final class BenchmarkJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private BenchmarkJson() {}

  /**
   * Returns a record and all records in it as JSON.
   *
   * @param result a record of numbers, texts and records of these
   */
  public static String of(Record result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write numbers as JSON", e);
    }
  }
}
