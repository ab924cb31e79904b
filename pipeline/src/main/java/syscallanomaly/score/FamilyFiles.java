package syscallanomaly.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The files of a fitted {@link DetectorFamily}, on any Hadoop file system. */
public final class FamilyFiles {
  private static final String SETTINGS = "settings.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SparkSession spark;
  private final Path folder;

  /**
   * @param folder the family's folder
   */
  public FamilyFiles(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Writes a small file. */
  public void write(String name, byte[] content) throws IOException {
    try (OutputStream out = files().create(new Path(folder, name))) {
      out.write(content);
    }
  }

  /** Reads a small file. */
  public byte[] read(String name) throws IOException {
    try (FSDataInputStream in = files().open(new Path(folder, name))) {
      return in.readAllBytes();
    }
  }

  /** Writes the settings of the fitted detectors: a record, as JSON. */
  public void writeSettings(Record settings) throws IOException {
    write(SETTINGS, JSON.writeValueAsBytes(settings));
  }

  /** Reads the settings that {@link #writeSettings} wrote. */
  public <T extends Record> T readSettings(Class<T> type) throws IOException {
    return JSON.readValue(read(SETTINGS), type);
  }

  /** Writes rows as Parquet. */
  public void writeRows(String name, Dataset<Row> rows) {
    rows.write().option("compression", "zstd").parquet(new Path(folder, name).toString());
  }

  /**
   * Reads rows that {@link #writeRows} wrote.
   *
   * @param columns columns to read; Spark would start a job to find them out
   */
  public Dataset<Row> readRows(String name, StructType columns) {
    return spark.read().schema(columns).parquet(new Path(folder, name).toString());
  }

  private FileSystem files() throws IOException {
    return folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
