package syscallanomaly.trace.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang3.StringUtils;
import org.apache.hadoop.fs.GlobExpander;
import syscallanomaly.trace.pattern.NamePattern;

/**
 * Finds the local files and folders that match a glob of {@link NamePattern}s. Hadoop itself fails
 * at names with a colon, and does not see all others.
 */
final class LocalGlob {
  /** A path with the names that led to it. */
  private record Match(FileName name, Path path) {}

  private LocalGlob() {}

  /**
   * Returns the matches by their absolute paths, in the order of these.
   *
   * @param glob absolute path with globs
   * @throws IOException if the glob is not valid or a folder cannot be listed
   */
  static Map<FileName, Path> matches(String glob) throws IOException {
    TreeMap<String, Match> matches = new TreeMap<>();
    for (String pattern : GlobExpander.expand(glob)) {
      for (Match match : matchesOf(pattern)) {
        matches.put(match.name().text(), match);
      }
    }
    Map<FileName, Path> sorted = new LinkedHashMap<>();
    matches.values().forEach(match -> sorted.put(match.name(), match.path()));
    return sorted;
  }

  private static List<Match> matchesOf(String pattern) throws IOException {
    List<Match> matches = List.of(new Match(new FileName("", true), Path.of("/")));
    for (String part : StringUtils.split(pattern, '/')) {
      NamePattern names = NamePattern.of(part);
      List<Match> next = new ArrayList<>();
      for (Match match : matches) {
        if (names.hasPattern()) {
          addChildren(match, names, next);
        } else {
          next.add(child(match, LocalFiles.path("/" + part.replaceAll("\\\\(.)", "$1"))));
        }
      }
      matches = next;
    }
    return matches.stream()
        .filter(match -> Files.exists(match.path(), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static void addChildren(Match folder, NamePattern names, List<Match> matches)
      throws IOException {
    if (!Files.isDirectory(folder.path())) {
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.path())) {
      for (Path path : children) {
        if (names.matches(LocalFiles.name(path).text())) {
          matches.add(child(folder, path));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static Match child(Match folder, Path path) {
    FileName name = LocalFiles.name(path);
    return new Match(
        new FileName(folder.name().text() + "/" + name.text(), folder.name().utf8() && name.utf8()),
        folder.path().resolve(path.getFileName()));
  }
}
