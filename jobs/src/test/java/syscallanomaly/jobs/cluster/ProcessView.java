package syscallanomaly.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Linux tells everyone, or the same user, about a process. Of one that has ended it tells
 * nothing.
 */
final class ProcessView {
  private static final String LISTENING = "0A";
  private static final String IPV4_LOOPBACK = "0100007F";
  private static final String MAPPED_IPV4_LOOPBACK = "0000000000000000FFFF0000" + IPV4_LOOPBACK;
  private static final String IPV6_LOOPBACK = "0".repeat(24) + "01000000";
  private static final Set<String> LOOPBACK =
      Set.of(IPV4_LOOPBACK, MAPPED_IPV4_LOOPBACK, IPV6_LOOPBACK);

  private final Path folder;

  ProcessView(ProcessHandle process) {
    this.folder = Path.of("/proc", Long.toString(process.pid()));
  }

  /** A socket that takes connections. */
  record Listener(String address, int port) implements Comparable<Listener> {
    boolean isLoopback() {
      return LOOPBACK.contains(address);
    }

    @Override
    public int compareTo(Listener other) {
      return Integer.compare(port, other.port);
    }
  }

  /** The arguments, blanks between; empty where the process has ended. */
  String commandLine() {
    return read(folder.resolve("cmdline")).replace('\0', ' ');
  }

  /** The variables, {@code NAME=value} each. */
  List<String> environment() {
    return List.of(read(folder.resolve("environ")).split("\0", -1));
  }

  /** The TCP sockets that the process listens on; addresses are as the kernel writes them. */
  Set<Listener> listeners() {
    Set<String> sockets = sockets();
    Set<Listener> listeners = new TreeSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      read(folder.resolve(table))
          .lines()
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(columns -> columns[3].equals(LISTENING) && sockets.contains(columns[9]))
          .map(columns -> columns[1].split(":"))
          .map(local -> new Listener(local[0], Integer.parseInt(local[1], 16)))
          .forEach(listeners::add);
    }
    return listeners;
  }

  /** The inodes of the open sockets. */
  private Set<String> sockets() {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
      for (Path file : files.toList()) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException e) {
      // Closed between listing and looking, or ended: what was seen until then counts.
      return inodes;
    }
    return inodes;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
