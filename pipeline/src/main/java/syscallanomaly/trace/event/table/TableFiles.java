package syscallanomaly.trace.event.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.line.Packing;

/** Reads the files of a folder as one table. The ends of their names say their type. */
public final class TableFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "parquet", "parquet",
          "orc", "orc",
          "json", "json",
          "jsonl", "json",
          "ndjson", "json",
          "csv", "csv");

  private final SparkSession spark;
  private final TraceLocation location;

  public TableFiles(SparkSession spark, TraceLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /** The type that the names of all files tell, or empty if they tell several or none. */
  public static Optional<String> typeOf(TraceListing listing) {
    Set<String> types = types(listing);
    return types.size() == 1
        ? types.stream().findFirst().filter(type -> !type.isEmpty())
        : Optional.empty();
  }

  /**
   * Plans reading the files.
   *
   * @throws UnusableInputException if the files are of no type that is known, or of several
   */
  public Dataset<Row> read(TraceListing listing) {
    String type =
        typeOf(listing)
            .orElseThrow(
                () ->
                    location.unusable(
                        "its files are no table; all of them must end with .parquet, .orc, .json,"
                            + " .jsonl or .csv, also with .gz or .zst behind the last three"));
    DataFrameReader reader = spark.read();
    if (type.equals("csv")) {
      reader = reader.option("header", "true").option("mode", "PERMISSIVE");
    }
    String base = listing.source().address("");
    List<String> files =
        listing.files().stream()
            .map(TraceFile::name)
            .map(name -> literally(listing.source().address(name)))
            .toList();
    return reader.option("basePath", base).format(type).load(files.toArray(String[]::new));
  }

  private static Set<String> types(TraceListing listing) {
    return listing.files().stream()
        .map(file -> typeOf(Packing.unpackedName(file.name())))
        .collect(Collectors.toSet());
  }

  private static String typeOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : TYPES.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), "");
  }

  /** Spark takes paths for globs. */
  private static String literally(String path) {
    return path.replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }
}
