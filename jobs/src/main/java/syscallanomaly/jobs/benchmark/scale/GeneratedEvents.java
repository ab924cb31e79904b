package syscallanomaly.jobs.benchmark.scale;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import syscallanomaly.query.ValueEncoders;
import syscallanomaly.trace.TraceColumns;
import syscallanomaly.trace.call.SystemCalls;
import syscallanomaly.window.RandomHash;

/**
 * Writes a table of events with the usual columns, as recorders of many hosts would: all processes
 * call at the same time, and the rows are in the order of time. Each process makes calls that
 * follow each other in the given traces, from a place that is drawn. So the same calls, seed and
 * number of events give the same table.
 *
 * @param folder folder that receives Parquet files; it must not exist
 * @param events number of events, at least 1
 * @param seed seed of the places where the processes begin
 */
record GeneratedEvents(String folder, long events, long seed) {
  /** Calls of a process, but for small tables. */
  private static final long CALLS_OF_PROCESS = 5_000;

  private static final long FEWEST_PROCESSES = 100;
  private static final long HOSTS = 100;

  /** Most calls of the traces that processes draw from; the driver holds their names. */
  private static final int MOST_CALLS = 1 << 18;

  private static final long EVENTS_OF_FILE = 2_500_000;

  /** Both are prime and larger than any number of processes, so each round has every process. */
  private static final long STEP_OF_PLACE = 2_147_483_647;

  private static final long STEP_OF_ROUND = 1_000_003;

  /** Number of processes: each calls about as often as any other. */
  long processes() {
    return Math.min(events, Math.max(FEWEST_PROCESSES, events / CALLS_OF_PROCESS));
  }

  /**
   * Writes the table.
   *
   * @param traces traces with the column {@code calls}, at least one call
   */
  void write(Dataset<Row> traces) {
    SparkSession spark = traces.sparkSession();
    Broadcast<String[]> calls =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(names(traces));
    try {
      int files = Math.toIntExact(1 + (events - 1) / EVENTS_OF_FILE);
      long processes = processes();
      spark
          .range(0, events, 1, files)
          .withColumn("round", expr("id div " + processes))
          .withColumn(
              "number",
              expr(
                  "pmod((id %% %d) * %d + round * %d, %d)"
                      .formatted(processes, STEP_OF_PLACE, STEP_OF_ROUND, processes)))
          .select(
              concat(
                      lit("host"),
                      lpad(col("number").mod(lit(HOSTS)).cast(DataTypes.StringType), 3, "0"),
                      lit(".example.org"))
                  .as("host"),
              expr("1000 + number div " + HOSTS).as("process"),
              expr("1700000000000000000 + id * 1500 + pmod(xxhash64(id), 1500)").as("time"),
              udf(new Calls(calls, seed), DataTypes.StringType)
                  .apply(col("number"), col("round"))
                  .as("call"),
              concat(lit("/usr/bin/program"), col("number").mod(lit(40)).cast(DataTypes.StringType))
                  .as("executable"))
          .write()
          .parquet(folder);
    } finally {
      calls.destroy();
    }
  }

  /** The names of the first calls of the traces, in order. */
  private static String[] names(Dataset<Row> traces) {
    List<Integer> calls =
        traces
            .select(explode(col(TraceColumns.CALLS)))
            .limit(MOST_CALLS)
            .as(ValueEncoders.INT)
            .collectAsList();
    return calls.stream().map(SystemCalls.tables()::name).toArray(String[]::new);
  }

  /** The name of the call that a process makes in a round. */
  private record Calls(Broadcast<String[]> names, long seed) implements UDF2<Long, Long, String> {
    @Override
    public String call(Long process, Long round) {
      String[] all = names.value();
      long place = Long.remainderUnsigned(RandomHash.bits(seed, process), all.length);
      return all[(int) ((place + round) % all.length)];
    }
  }
}
