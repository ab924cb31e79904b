package syscallanomaly.jobs.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.TraceSet;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.vocabulary.Vocabulary;

/** Reads and writes what the steps of a run hand on to each other. */
final class StepOutput {
  private final JobContext context;

  StepOutput(JobContext context) {
    this.context = context;
  }

  /** The file that an earlier step wrote. */
  byte[] require(Path file, StepName step) throws IOException {
    return context
        .folder()
        .read(file)
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "Cannot read %s: the file is missing; run the %s step first"
                        .formatted(file, step.label())));
  }

  Vocabulary vocabulary() throws IOException {
    byte[] json = require(context.folder().vocabulary(), StepName.VOCABULARY);
    return Vocabulary.fromJson(new String(json, StandardCharsets.UTF_8));
  }

  /** A table that an earlier step wrote as Parquet. */
  Dataset<Row> parquet(Path folder, StepName step) throws IOException {
    if (!files(folder).exists(folder)) {
      throw new UnusableInputException(
          "Cannot read %s: the folder is missing; run the %s step first"
              .formatted(folder, step.label()));
    }
    return context.spark().read().parquet(folder.toString());
  }

  /** Writes to {@code rejects/} which files could not be used and why, a line of JSON each. */
  void keepRejects(Collection<TraceSet> splits) throws IOException {
    Dataset<Row> rejects =
        splits.stream().map(TraceSet::rejects).reduce(Dataset::unionByName).orElseThrow();
    replace(
        context.folder().rejects(),
        folder -> rejects.repartition(1).write().json(folder.toString()));
  }

  /** Writes tables into a folder and lets them take the place of the former ones together. */
  void replace(Path folder, Tables tables) throws IOException {
    FileSystem files = files(folder);
    Path beside = new Path(folder.getParent(), "." + folder.getName() + "." + UUID.randomUUID());
    try {
      tables.writeTo(beside);
      context.folder().requireHeld();
      files.delete(folder, /* recursive= */ true);
      if (!files.rename(beside, folder)) {
        throw new IOException("Cannot rename " + beside + " to " + folder);
      }
    } finally {
      files.delete(beside, /* recursive= */ true);
    }
  }

  /** Writes a file that nobody reads before {@link #replace} has put it in its place. */
  void write(Path file, byte[] content) throws IOException {
    try (FSDataOutputStream out = files(file).create(file)) {
      out.write(content);
    }
  }

  /**
   * Requires that the windows of this run were made from what this step is told.
   *
   * @param vocabulary of this run
   * @return what they were made from
   */
  Provenance requireSameWindows(Vocabulary vocabulary, StepName step) throws IOException {
    Path file = new Path(context.folder().windows(), WindowsStep.PROVENANCE);
    Provenance now =
        Provenance.of(
            context,
            vocabulary.hash(),
            context.manifest().fingerprints().getOrDefault(Split.TRAINING, ""));
    Provenance.fromJson(require(file, StepName.WINDOWS)).require(now, step);
    return now;
  }

  /** Writes tables below a folder. */
  interface Tables {
    void writeTo(Path folder) throws IOException;
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(context.spark().sparkContext().hadoopConfiguration());
  }
}
