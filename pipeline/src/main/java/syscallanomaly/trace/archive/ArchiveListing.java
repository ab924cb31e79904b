package syscallanomaly.trace.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.file.OneLine;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceListing;
import syscallanomaly.trace.file.TraceLocation;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.pattern.NamePattern;

/** Lists the files below a folder, or the files that match a glob, inside a zip archive. */
public final class ArchiveListing {
  private final SerializableConfiguration configuration;
  private final TraceLocation location;
  private final Path archive;

  /** All entries that are files. */
  private final List<TraceFile> entries = new ArrayList<>();

  /**
   * All folders, each with a / at its end, and "" for the top. Archives need not have entries for
   * folders.
   */
  private final Set<String> folders = new HashSet<>(Set.of(""));

  private long size;
  private long modified;

  private ArchiveListing(
      SerializableConfiguration configuration, TraceLocation location, Path archive) {
    this.configuration = configuration;
    this.location = location;
    this.archive = archive;
  }

  /**
   * Lists what a location names inside an archive.
   *
   * @param configuration configuration of the Hadoop file systems
   * @param location place of the split in the archive
   * @param archive fully qualified path of an existing file
   * @throws UnusableInputException if the archive is damaged, if it has no such folder, or if an
   *     entry points outside it or stands in it twice
   * @throws IOException if the file system fails
   */
  public static TraceListing of(
      SerializableConfiguration configuration, TraceLocation location, Path archive)
      throws IOException {
    ArchiveListing listing = new ArchiveListing(configuration, location, archive);
    try {
      listing.readDirectory();
    } catch (ZipException e) {
      throw new UnusableInputException("Cannot read " + archive + ": " + e.getMessage(), e);
    }
    return listing.list();
  }

  /**
   * Lists all files in a zip that lies in a folder.
   *
   * @param zip the zip as a file of the folder
   * @param source the folder
   * @throws ZipException if the archive is damaged, or if an entry points outside it or stands in
   *     it twice; the message says in one line what to do
   * @throws syscallanomaly.trace.file.StorageException if the file system fails
   * @throws IOException if the user may not read the zip
   */
  static List<TraceFile> entries(
      SerializableConfiguration configuration, TraceSource source, TraceFile zip)
      throws IOException {
    // Hadoop's local file system does not say that it is the user who may not read a file.
    try (TraceSource.Contents contents = source.contents();
        InputStream readable = contents.open(zip)) {
      readable.available();
    }
    ArchiveListing listing =
        new ArchiveListing(configuration, null, new Path(source.address(zip.name())));
    listing.readDirectory();
    ArchiveFile archive = new ArchiveFile(zip.name(), listing.size, listing.modified);
    return listing.entries.stream().map(entry -> entry.in(archive)).toList();
  }

  /**
   * @throws ZipException if the archive cannot be used
   */
  private void readDirectory() throws IOException {
    Set<String> seen = new HashSet<>();
    try (HadoopChannel channel = HadoopChannel.open(configuration.value(), archive)) {
      size = channel.size();
      modified = channel.modified();
      CentralDirectory.read(channel, entry -> add(entry, seen));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ZipException | EOFException e) {
      throw refusal(OneLine.of(e) + "; check that the zip is complete", e);
    }
  }

  private void add(TraceFile entry, Set<String> seen) {
    String name = entry.name();
    if (pointsOutside(name)) {
      throw new UncheckedIOException(
          refusal(
              "entry '"
                  + name
                  + "' points outside the archive; make it again with paths below its own top",
              null));
    }
    String path = name.startsWith("./") ? name.substring(2) : name;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash + 1));
    }
    if (!name.endsWith("/")) {
      if (!seen.add(path)) {
        throw new UncheckedIOException(
            refusal("entry '%s' stands in it twice; make it again".formatted(name), null));
      }
      TraceFile file = entry.below(name.substring(0, name.length() - path.length()));
      entries.add(
          ArchiveFile.isArchive(path)
              ? file.refused("is a zip within a zip, which is not read; unpack the outer one")
              : file);
    }
  }

  private static ZipException refusal(String why, Exception cause) {
    ZipException refusal = new ZipException(why);
    refusal.initCause(cause);
    return refusal;
  }

  private static boolean pointsOutside(String name) {
    return name.startsWith("/")
        || name.startsWith("\\")
        || name.matches("(?s)[A-Za-z]:.*")
        || Arrays.asList(name.split("[/\\\\]")).contains("..");
  }

  private TraceListing list() {
    List<String> parts =
        Arrays.stream(location.below().split("/"))
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .toList();
    Optional<String> top = Optional.of("");
    while (top.isPresent()) {
      Optional<TraceListing> found = folder(top.get(), parts);
      if (found.isEmpty() && TraceLocation.isGlob(location.below())) {
        found = glob(top.get(), parts);
      }
      if (found.isPresent()) {
        return found.get();
      }
      top = onlyFolder(top.get());
    }
    throw location.unusable(
        TraceLocation.isGlob(location.below())
            ? "nothing in the archive matches the glob"
            : "the archive has no such folder");
  }

  private Optional<TraceListing> folder(String top, List<String> parts) {
    String inside = top + parts.stream().map(part -> part + "/").collect(Collectors.joining());
    if (folders.contains(inside)) {
      return Optional.of(listing(inside, entries));
    }
    String file = top + String.join("/", parts);
    if (entries.stream().anyMatch(entry -> entry.name().equals(file))) {
      throw location.unusable("it is a file in the archive where a folder or a glob is needed");
    }
    return Optional.empty();
  }

  private Optional<TraceListing> glob(String top, List<String> parts) {
    List<NamePattern> patterns = new ArrayList<>();
    StringBuilder inside = new StringBuilder(top);
    for (String part : parts) {
      if (patterns.isEmpty() && !TraceLocation.isGlob(part)) {
        inside.append(part).append('/');
      } else {
        patterns.add(pattern(part));
      }
    }
    List<TraceFile> matches =
        entries.stream().filter(entry -> matches(entry, inside.toString(), patterns)).toList();
    return matches.isEmpty() ? Optional.empty() : Optional.of(listing(inside.toString(), matches));
  }

  private NamePattern pattern(String part) {
    try {
      return NamePattern.of(part);
    } catch (IOException e) {
      throw location.unusable(e);
    }
  }

  private static boolean matches(TraceFile entry, String inside, List<NamePattern> patterns) {
    if (!entry.name().startsWith(inside)) {
      return false;
    }
    String[] parts = entry.name().substring(inside.length()).split("/", -1);
    if (parts.length < patterns.size()) {
      return false;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (!patterns.get(i).matches(parts[i])) {
        return false;
      }
    }
    return true;
  }

  private TraceListing listing(String inside, List<TraceFile> candidates) {
    List<TraceFile> found =
        candidates.stream()
            .filter(entry -> entry.name().startsWith(inside))
            .map(entry -> entry.below(inside))
            .toList();
    return TraceListing.of(
        new ArchiveSource(configuration, archive, inside, size, modified), found, 0);
  }

  /**
   * Returns the only folder below {@code top}, if it is the only one. Most archives hold a single
   * folder, named like the archive.
   */
  private Optional<String> onlyFolder(String top) {
    Set<String> children =
        folders.stream()
            .filter(folder -> folder.startsWith(top) && !folder.equals(top))
            .filter(folder -> !TraceFile.isHidden(folder.substring(top.length())))
            .map(folder -> folder.substring(0, folder.indexOf('/', top.length()) + 1))
            .collect(Collectors.toSet());
    return children.size() == 1 ? Optional.of(children.iterator().next()) : Optional.empty();
  }
}
