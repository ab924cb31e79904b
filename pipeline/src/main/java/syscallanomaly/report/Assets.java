package syscallanomaly.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** The style and the scripts that the page contains, with the scripts' licences. */
final class Assets {
  static final String HERE = "/syscallanomaly/report/";

  /**
   * Forbids the page to run a script, and to fetch or send anything. Inline styles are allowed,
   * because the charts contain some.
   */
  static final String WITHOUT_SCRIPTS =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'";

  private static final String D3_COORDINATES = "/META-INF/maven/org.webjars.npm/d3/pom.properties";

  private final String style = read(HERE + "report.css");
  private final List<Script> scripts =
      List.of(
          new Script(read(d3() + "dist/d3.min.js"), read(d3() + "LICENSE")),
          new Script(read(HERE + "plot/plot.umd.min.js"), read(HERE + "plot/LICENSE")),
          new Script(read(HERE + "charts.js"), ""));

  /**
   * A script of the page.
   *
   * @param source the script's code
   * @param licence the text that the licence requires in every copy; empty for the project's own
   *     script
   */
  record Script(String source, String licence) {
    /** The content of the script's element: the licence as a comment, then the code. */
    public String text() {
      return licence.isEmpty() ? source : "/*\n" + licence.strip() + "\n*/\n" + source;
    }
  }

  String style() {
    return style;
  }

  List<String> scripts() {
    return scripts.stream().map(Script::text).toList();
  }

  /** Returns {@link #WITHOUT_SCRIPTS}, but lets the page run these scripts. */
  String contentSecurityPolicy() {
    return WITHOUT_SCRIPTS
        + "; script-src "
        + scripts.stream()
            .map(script -> "'sha256-" + sha256(script.text()) + "'")
            .collect(Collectors.joining(" "));
  }

  private static String d3() {
    Properties coordinates = new Properties();
    try {
      coordinates.load(new StringReader(read(D3_COORDINATES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "/META-INF/resources/webjars/d3/" + coordinates.getProperty("version") + "/";
  }

  static String read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "Cannot write the report: the class path lacks "
                + resource
                + "; build the application with all its dependencies");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource + ": " + e.getMessage(), e);
    }
  }

  private static String sha256(String text) {
    return Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
  }
}
