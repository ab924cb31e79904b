package syscallanomaly.jobs.configuration;

/**
 * How observed traces are judged.
 *
 * @param detector folder of a fitted detector, folder of a run, or name of a run in the workspace;
 *     empty if none is named
 * @param failOnAlarm whether the exit code says that the first detector has raised an alarm
 */
public record DetectSettings(String detector, boolean failOnAlarm) {}
