package syscallanomaly.jobs.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.jobs.provenance.Provenance;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.window.TrainingSequences;
import syscallanomaly.window.WindowCutter;

/**
 * The folder {@code windows/} of a run, which holds the sequences. Each write puts its tables into
 * a new folder below it. The file {@code provenance.json} names that folder and is written last. So
 * readers see either the former tables or the new ones, even on a file system that cannot rename
 * folders atomically.
 */
final class WindowsFolder {
  static final String TRAINING = "training";
  static final String HELD_OUT = "held-out";

  private static final String PROVENANCE = "provenance.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final RunFolder run;
  private final PublishedFolder published;

  WindowsFolder(JobContext context) {
    this(context.spark(), context.folder());
  }

  WindowsFolder(SparkSession spark, RunFolder run) {
    this.spark = spark;
    this.run = run;
    this.published = new PublishedFolder(run, run.windows(), PROVENANCE);
  }

  /**
   * The content of {@code provenance.json}.
   *
   * @param tables name of the folder with the tables, below {@code windows/}
   * @param madeFrom what decided the sequences, as in {@link Provenance#values}
   */
  private record Pointer(String tables, SortedMap<String, String> madeFrom) {}

  /** The sequences that were published last. */
  final class Published {
    private final Pointer pointer;

    private Published(Pointer pointer) {
      this.pointer = pointer;
    }

    Provenance provenance() {
      return new Provenance(pointer.madeFrom());
    }

    Dataset<Row> training() {
      return table(TRAINING);
    }

    Dataset<Row> heldOut() {
      return table(HELD_OUT);
    }

    private Dataset<Row> table(String part) {
      // Spark would start a job to find the columns out.
      return spark
          .read()
          .schema(TrainingSequences.TRAINING_SEQUENCES.columns())
          .parquet(new Path(published.folder(pointer.tables()), part).toString());
    }
  }

  /**
   * Finds the sequences that were published last.
   *
   * @throws UnusableInputException if there are none, or if {@code provenance.json} is damaged
   */
  Published published() throws IOException {
    Path file = published.pointer();
    byte[] json =
        run.read(file)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        "Cannot read %s: the file is missing; run the %s step first"
                            .formatted(file, StepName.WINDOWS.label())));
    try {
      Pointer pointer = JSON.readValue(json, Pointer.class);
      if (pointer.tables() != null && pointer.madeFrom() != null) {
        return new Published(pointer);
      }
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
    throw damaged(null);
  }

  private static UnusableInputException damaged(Throwable cause) {
    return new UnusableInputException(
        "Cannot read what the sequences were made from: windows/provenance.json is damaged; run the windows step again",
        cause);
  }

  /** Writes sequences, publishes them in place of the former ones, and deletes the former ones. */
  void replace(TrainingSequences sequences, Provenance provenance) throws IOException {
    published.replace(
        name -> {
          write(sequences.training(), new Path(published.folder(name), TRAINING));
          write(sequences.heldOut(), new Path(published.folder(name), HELD_OUT));
          return JSON.writeValueAsBytes(new Pointer(name, provenance.values()));
        });
  }

  private static void write(Dataset<Row> sequences, Path folder) {
    sequences
        .orderBy(WindowCutter.INDEX)
        .write()
        .option("compression", "zstd")
        .parquet(folder.toString());
  }
}
