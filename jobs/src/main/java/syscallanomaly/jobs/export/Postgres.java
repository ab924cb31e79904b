package syscallanomaly.jobs.export;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.SparkConf;
import syscallanomaly.jobs.configuration.ExportSettings;
import syscallanomaly.jobs.configuration.Secrets;
import syscallanomaly.trace.UnusableInputException;

/** The PostgreSQL database of an export. Its password is shown nowhere. */
final class Postgres {
  private static final String DRIVER = "org.postgresql.Driver";
  private static final String PASSWORD_PROPERTY = "spark.syscall.export.password";
  private static final String PASSWORD_VARIABLE = "PGPASSWORD";
  private static final String SECONDS_TO_CONNECT = "10";

  private final ExportSettings settings;
  private final String password;

  private Postgres(ExportSettings settings, String password) {
    this.settings = settings;
    this.password = password;
  }

  /** The database that the settings name, with the password of Spark's options or environment. */
  static Postgres of(ExportSettings settings, SparkConf spark) {
    String variable = Optional.ofNullable(System.getenv(PASSWORD_VARIABLE)).orElse("");
    return new Postgres(settings, spark.get(PASSWORD_PROPERTY, variable));
  }

  /** Address of the database, without secrets. */
  String address() {
    return Secrets.masked(settings.url());
  }

  /**
   * Connects.
   *
   * @throws UnusableInputException if no database answers, or if it refuses the user
   */
  Connection connect() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "user",
            settings.user(),
            "connectTimeout",
            SECONDS_TO_CONNECT,
            "loginTimeout",
            SECONDS_TO_CONNECT,
            "tcpKeepAlive",
            "true",
            "ApplicationName",
            "syscall-anomaly export"));
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    try {
      // DriverManager would not find a driver that Spark has loaded from --jars.
      Connection connection =
          Class.forName(DRIVER, true, Thread.currentThread().getContextClassLoader())
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance()
              .connect(settings.url(), properties);
      if (connection == null) {
        throw new UnusableInputException(
            "Cannot export to %s: this is no address of a PostgreSQL database; set export.url to jdbc:postgresql://host:5432/database"
                .formatted(address()));
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw refusal(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot load " + DRIVER + ": it comes with the program", e);
    }
  }

  /** What makes Spark's writer connect as {@link #connect} does. */
  Map<String, String> sparkOptions() {
    return Map.of(
        "url",
        settings.url(),
        "driver",
        DRIVER,
        "user",
        settings.user(),
        "password",
        password,
        "reWriteBatchedInserts",
        "true",
        "ApplicationName",
        "syscall-anomaly export");
  }

  /** Says in one line, with what to do, why the database refused. */
  UnusableInputException refusal(SQLException failure) {
    return new UnusableInputException(
        Secrets.masked(
            "Cannot export to %s: %s".formatted(settings.url(), reason(failure, settings))),
        failure);
  }

  private static String reason(SQLException failure, ExportSettings settings) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String message = firstLine(failure);
    if (state.startsWith("08")) {
      return "no PostgreSQL answers (%s); see whether it runs, and set export.url"
          .formatted(message);
    }
    return switch (state) {
      case "28P01", "28000", "08004" ->
          "it refuses user '%s' (%s); set export.user, and give the password in %s or %s"
              .formatted(settings.user(), message, PASSWORD_VARIABLE, PASSWORD_PROPERTY);
      case "3D000" ->
          "there is no such database (%s); create it, or set export.url".formatted(message);
      case "42501" ->
          "user '%s' lacks a right (%s); let an administrator GRANT CREATE ON DATABASE, or create the schema %s for that user, or set export.schema"
              .formatted(settings.user(), message, settings.schema());
      case "53100" -> "its disk is full (%s)".formatted(message);
      default -> message + " (SQLSTATE " + state + ")";
    };
  }

  private static String firstLine(SQLException failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }
}
