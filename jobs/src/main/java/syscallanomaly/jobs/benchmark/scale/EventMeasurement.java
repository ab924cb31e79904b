package syscallanomaly.jobs.benchmark.scale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;

/**
 * What it took to turn a table of events into traces.
 *
 * @param events number of events
 * @param processes number of processes
 * @param traces number of traces; one that has called exit_group and goes on is another process
 * @param tableBytes size of the table's files
 * @param seconds wall-clock time
 * @param processorSeconds processor time of this process, for collections and compiling too
 * @param tasks number of Spark tasks
 * @param shuffledBytes bytes that Spark's stages handed to later stages
 * @param spilledBytes bytes that Spark wrote to disk because memory did not hold them
 * @param peakHeapBytes largest heap in use, garbage included
 * @param peakLiveBytes largest heap in use right after a collection
 * @param peakResidentBytes largest size of the process in memory; 0 if the system does not tell
 * @param collectionSeconds time spent in collections of garbage
 */
@JsonPropertyOrder({
  "events",
  "processes",
  "traces",
  "events_per_second",
  "processor_microseconds_per_event"
})
record EventMeasurement(
    long events,
    long processes,
    long traces,
    long tableBytes,
    double seconds,
    double processorSeconds,
    long tasks,
    long shuffledBytes,
    long spilledBytes,
    long peakHeapBytes,
    long peakLiveBytes,
    long peakResidentBytes,
    double collectionSeconds) {
  private static final double MICROS = 1e6;

  @JsonProperty
  double eventsPerSecond() {
    return events / seconds;
  }

  @JsonProperty
  double processorMicrosecondsPerEvent() {
    return MICROS * processorSeconds / events;
  }

  /** What a person who waits for the whole table wants to know already: one line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%,d events: %.1f s, %,.0f events/s, %,d MiB resident at most",
        events,
        seconds,
        eventsPerSecond(),
        peakResidentBytes >> 20);
  }
}
