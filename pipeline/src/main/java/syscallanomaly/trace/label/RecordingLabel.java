package syscallanomaly.trace.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * What a recording's file of labels says: that it is normal, or when the attack in it begins.
 *
 * <p>The form is that of LID-DS 2021 (Grimmer et al.), a JSON object:
 *
 * <pre>{@code
 * {"exploit": true, "exploit_name": "default", "image": "victim_bruteforce",
 *  "time": {"exploit": [{"absolute": 1631078877.513988, "name": "attack"}]}}
 * }</pre>
 *
 * <p>As in the data set's own evaluation (performance_measurement.py), all calls from the first
 * exploit's time on belong to the attack, whatever process makes them, and those before do not.
 */
public final class RecordingLabel {
  /** What stands for a family where the labels call something normal. */
  public static final String NORMAL = "";

  private static final int MOST_BYTES = 1 << 20;
  private static final int NANO_DIGITS = 9;
  private static final double LATEST = Long.MAX_VALUE / 1e9;
  private static final String EXPLOIT = "exploit";

  /** Names that tell nothing about an attack. */
  private static final List<String> NO_NAMES = List.of("", "default");

  private static final ObjectMapper MAPPER =
      // The data set's own code reads single quotes, too.
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private final Long exploit;
  private final String family;

  private RecordingLabel(Long exploit, String family) {
    this.exploit = exploit;
    this.family = family;
  }

  /**
   * Reads a file of labels.
   *
   * @throws IOException if it cannot be read or is of another form; the message is one line that
   *     completes a sentence about the file
   */
  public static RecordingLabel read(InputStream in) throws IOException {
    JsonNode labels = json(in);
    if (!labels.path(EXPLOIT).isBoolean()) {
      throw new IOException("has no \"exploit\" that is true or false");
    }
    if (!labels.path(EXPLOIT).booleanValue()) {
      return new RecordingLabel(null, NORMAL);
    }
    return new RecordingLabel(begin(labels.path("time").path(EXPLOIT)), family(labels));
  }

  /** Whether a file has the form, even if something in it is missing. */
  public static boolean recognises(InputStream in) throws IOException {
    try {
      JsonNode labels = json(in);
      return labels.path(EXPLOIT).isBoolean() && labels.path("time").isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static JsonNode json(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("has more than %d bytes".formatted(MOST_BYTES));
    }
    return MAPPER.readTree(bytes);
  }

  /** The time of the first exploit, in nanoseconds since 1970. */
  private static long begin(JsonNode exploits) throws IOException {
    double first = Double.POSITIVE_INFINITY;
    for (JsonNode exploit : exploits) {
      JsonNode time = exploit.path("absolute");
      if (!time.isNumber()) {
        throw new IOException("has an exploit without an absolute time in seconds");
      }
      first = Math.min(first, time.doubleValue());
    }
    if (!(first >= 0 && first < LATEST)) {
      throw new IOException("says that there is an exploit, and not when");
    }
    // The shortest decimal of a double is the one that the file has.
    return BigDecimal.valueOf(first)
        .movePointRight(NANO_DIGITS)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static String family(JsonNode labels) {
    for (String key : List.of("exploit_name", "image")) {
      String name = labels.path(key).asText("").strip();
      if (!NO_NAMES.contains(name)) {
        return name;
      }
    }
    return "attack";
  }

  /** Whether there is an attack in the recording. */
  public boolean hasAttack() {
    return exploit != null;
  }

  /** When the attack begins, in nanoseconds since 1970. */
  Optional<Long> exploit() {
    return Optional.ofNullable(exploit);
  }

  /**
   * Family of the attack that an event belongs to, or {@link #NORMAL}.
   *
   * @param time time of the event in nanoseconds since 1970
   */
  public String familyAt(long time) {
    return exploit != null && time >= exploit ? family : NORMAL;
  }
}
