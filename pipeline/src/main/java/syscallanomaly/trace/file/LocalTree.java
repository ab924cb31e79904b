package syscallanomaly.trace.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import syscallanomaly.trace.VisibleText;

/**
 * Walks through local folders. Each folder is listed once, and each file is found once, whatever
 * links lead to it. Links are followed after all else, in the order of their names, those to
 * folders first. A link to what was found already is refused, so that links cannot make a walk
 * endless or give a trace twice. Nothing is opened but folders.
 */
final class LocalTree {
  private final List<TraceFile> found = new ArrayList<>();
  private final Set<String> hiddenRoots = new HashSet<>();
  private long hidden;

  /** The real paths of all folders that were listed. */
  private final Set<Path> folders = new HashSet<>();

  /** The real paths of the files that were found without listing their folders. */
  private final Set<Path> singles = new HashSet<>();

  private final Deque<Folder> pending = new ArrayDeque<>();
  private final TreeMap<String, Link> links = new TreeMap<>();
  private final TreeMap<String, Target> linkedFiles = new TreeMap<>();

  /** A folder to list, with the start of the names below it. */
  private record Folder(String prefix, Path real, boolean utf8) {}

  private record Link(Path path, boolean utf8) {}

  private record Target(Path real, boolean utf8, BasicFileAttributes attributes) {}

  /** Finds what lies below a folder, which may be reached through links. */
  void addFolder(Path folder) throws IOException {
    Path real = folder.toRealPath();
    folders.add(real);
    pending.push(new Folder("", real, true));
    walk();
  }

  /**
   * Finds a file, or what lies below a folder.
   *
   * @param name path relative to the place
   * @param file the file or folder
   * @param direct whether no link leads from the place to it
   */
  void add(FileName name, Path file, boolean direct) throws IOException {
    TraceFile.hiddenPart(name.text()).ifPresent(hiddenRoots::add);
    if (TraceFile.isHidden(name.text())) {
      return;
    }
    if (!direct) {
      links.put(name.text(), new Link(file, name.utf8()));
      return;
    }
    Path real = file.toRealPath();
    BasicFileAttributes attributes = attributes(real);
    if (attributes.isDirectory()) {
      enter(name.text(), real, name.utf8());
      walk();
    } else {
      singles.add(real);
      addFile(name.text(), name.utf8(), attributes);
    }
  }

  /** Follows the links that were found. */
  void followLinks() throws IOException {
    while (!links.isEmpty()) {
      Map.Entry<String, Link> link = links.pollFirstEntry();
      follow(link.getKey(), link.getValue());
      walk();
    }
    for (Map.Entry<String, Target> link : linkedFiles.entrySet()) {
      Target target = link.getValue();
      boolean read = isFound(target.real()) || !singles.add(target.real());
      if (read && target.attributes().isRegularFile()) {
        refuse(
            link.getKey(),
            "is a link to %s, which is read already".formatted(shown(target.real())));
      } else {
        addFile(link.getKey(), target.utf8(), target.attributes());
      }
    }
  }

  /** What was found, refused files included. */
  List<TraceFile> found() {
    return found;
  }

  /** Number of files and folders that were skipped because their names start with . or _. */
  long hidden() {
    return hidden + hiddenRoots.size();
  }

  private void follow(String name, Link link) throws IOException {
    Path real;
    BasicFileAttributes attributes;
    try {
      real = link.path().toRealPath();
      attributes = attributes(real);
    } catch (NoSuchFileException e) {
      refuse(name, "is a link to a file that does not exist");
      return;
    } catch (AccessDeniedException e) {
      refuse(name, "is a link that this user may not follow");
      return;
    } catch (FileSystemException e) {
      refuse(name, "is a link that leads nowhere: " + e.getReason());
      return;
    }
    if (!attributes.isDirectory()) {
      linkedFiles.put(name, new Target(real, link.utf8(), attributes));
    } else {
      enter(name, real, link.utf8());
    }
  }

  private void enter(String name, Path real, boolean utf8) {
    if (folders.add(real)) {
      pending.push(new Folder(name + "/", real, utf8));
    } else {
      refuse(name, "leads to the folder %s, which is read already".formatted(shown(real)));
    }
  }

  private void walk() throws IOException {
    while (!pending.isEmpty()) {
      Folder folder = pending.pop();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.real())) {
        for (Path child : children) {
          visit(folder, child);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
  }

  private void visit(Folder folder, Path child) throws IOException {
    FileName name = LocalFiles.name(child);
    if (TraceFile.isHidden(name.text())) {
      hidden++;
      return;
    }
    String path = folder.prefix() + name.text();
    boolean utf8 = folder.utf8() && name.utf8();
    BasicFileAttributes attributes;
    try {
      attributes = attributes(child);
    } catch (NoSuchFileException e) {
      // It was deleted during the walk, as if the walk had begun a moment later.
      return;
    }
    if (attributes.isSymbolicLink()) {
      links.put(path, new Link(child, utf8));
    } else if (attributes.isDirectory()) {
      enter(path, child, utf8);
    } else {
      addFile(path, utf8, attributes);
    }
  }

  private void addFile(String name, boolean utf8, BasicFileAttributes attributes) {
    if (!attributes.isRegularFile()) {
      refuse(name, "is a pipe, a socket or a device, which is not opened");
    } else if (!utf8) {
      refuse(name, "has a name that is not UTF-8; rename it");
    } else {
      found.add(new TraceFile(name, attributes.size(), attributes.lastModifiedTime().toMillis()));
    }
  }

  private void refuse(String name, String reason) {
    found.add(TraceFile.refused(name, reason));
  }

  /** Says whether a file was found in a folder that was listed. */
  private boolean isFound(Path real) {
    FileName name = LocalFiles.name(real);
    return folders.contains(real.getParent()) && !TraceFile.isHidden(name.text()) && name.utf8();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String shown(Path path) {
    return VisibleText.of(LocalFiles.text(path));
  }
}
