package syscallanomaly.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files with contents that a test writes below a folder or into a zip, and reads back as rows. */
public final class Corpus {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public Corpus with(String path, String content) {
    return with(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public Corpus with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Entries stand in the order in which the files were named. */
  public Path zipTo(Path zip) throws IOException {
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        entries.putNextEntry(new ZipEntry(file.getKey()));
        entries.write(file.getValue());
        entries.closeEntry();
      }
    }
    return zip;
  }

  public static TraceSettings settings(String root, String training, String attack) {
    return new TraceSettings("adfa-ld", root, training, "", attack, 1 << 20, 0.1);
  }

  public static TraceSettings training(String training) {
    return settings("", training, "");
  }

  /** One line a trace: ordinal, id, family, calls. */
  public static List<String> lines(TraceSet traces) {
    return traces.traces().collectAsList().stream()
        .map(
            row ->
                "%d %s %s %s"
                    .formatted(row.getLong(0), row.getString(1), row.get(2), row.getList(3)))
        .toList();
  }

  /** One line a reject: split, file without the folder it was written to, reason. */
  public static List<String> rejects(TraceSet traces, Path folder) {
    return traces.rejects().collectAsList().stream()
        .map(row -> "%s %s: %s".formatted(row.get(0), row.get(1), row.get(2)))
        .map(line -> line.replace("file:" + folder + "/", ""))
        .toList();
  }

  public static List<String> ids(Dataset<Row> traces) {
    return traces.select(TraceColumns.TRACE_ID).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
