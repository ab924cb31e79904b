package syscallanomaly.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.trace.UnusableInputException;

class ModelsFolderTest {
  @TempDir private Path folder;
  private Workspace workspace;
  private ModelsFolder models;

  @BeforeEach
  void open() throws Exception {
    workspace = Workspace.open(folder.toString(), new Configuration());
    models = workspace.models();
  }

  /** Copies one file. */
  private final class OneFile implements ModelsFolder.Copy {
    private final boolean fails;
    private boolean copied;

    OneFile(boolean fails) {
      this.fails = fails;
    }

    @Override
    public void copyTo(org.apache.hadoop.fs.Path target) throws IOException {
      workspace.writeAtomically(new org.apache.hadoop.fs.Path(target, "x/part"), new byte[] {1});
      if (fails) {
        throw new IOException("killed");
      }
      copied = true;
    }

    @Override
    public boolean isIn(org.apache.hadoop.fs.Path target) throws IOException {
      return Files.exists(Path.of(target.toUri()).resolve("x/part"));
    }
  }

  private static byte[] json(String run) {
    return ("{\"run\": \"" + run + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private CurrentDetector promote(String run, int keep) throws IOException {
    CurrentDetector now =
        models.promote(
            models.copy(run, json(run), "2026-11-25T07:00:00Z", new OneFile(false)), keep);
    models.deleteUnnamed(now);
    return now;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("models"))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("-[0-9a-f]{12}$", ""))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<String> runs(CurrentDetector current) {
    return Stream.concat(Stream.of(current.detector()), current.history().stream())
        .map(CurrentDetector.Promoted::run)
        .toList();
  }

  @Test
  void theLatestDetectorsAreKeptAndTheOthersDeleted() throws Exception {
    assertThat(models.current()).isEmpty();
    assertThat(runs(promote("a", 3))).containsExactly("a");
    promote("b", 3);
    promote("c", 3);
    assertThat(names()).containsExactly("a", "b", "c", "current");

    CurrentDetector now = promote("d", 3);

    assertThat(runs(now)).containsExactly("d", "c", "b");
    assertThat(models.current()).contains(now);
    assertThat(names()).containsExactly("b", "c", "current", "d");
    assertThat(models.folder(now.detector()).toString())
        .startsWith("file:" + folder + "/models/d-");
  }

  @Test
  void goingBackTwiceGoesBackTwoDetectors() throws Exception {
    promote("a", 3);
    promote("b", 3);
    CurrentDetector c = promote("c", 3);

    CurrentDetector b = models.rollBack(c, "r1", "2026-11-26T07:00:00Z");
    CurrentDetector a = models.rollBack(b, "r2", "2026-11-26T08:00:00Z");

    assertThat(runs(b)).containsExactly("b", "a");
    assertThat(a)
        .isEqualTo(
            new CurrentDetector(
                1, a.detector(), "rollback", "r2", "2026-11-26T08:00:00Z", List.of()));
    assertThat(runs(models.current().orElseThrow())).containsExactly("a");
    assertThat(names()).as("until the next promotion").contains("b", "c");
    promote("d", 3);
    assertThat(names()).containsExactly("a", "current", "d");
  }

  @Test
  void aDetectorThatIsKeptIsNotCopiedAgain() throws Exception {
    promote("a", 3);
    promote("b", 3);
    OneFile copy = new OneFile(false);

    CurrentDetector now = models.promote(models.copy("a", json("a"), "later", copy), 3);

    assertThat(copy.copied).isFalse();
    assertThat(runs(now)).containsExactly("a", "b");
  }

  @Test
  void aProgramThatEndsBeforeItPublishesLeavesTheFormerDetectorInUse() throws Exception {
    CurrentDetector a = promote("a", 3);
    assertThatThrownBy(() -> models.copy("b", json("b"), "now", new OneFile(true)))
        .hasMessage("killed");
    assertThat(models.current()).contains(a);
    models.copy("c", json("c"), "now", new OneFile(false));
    Files.writeString(
        folder.resolve("models/.current.1b4e28ba-2fa1-11d2-883f-0016d3cca427"), "half");
    assertThat(models.current()).contains(a);
    assertThat(names()).contains("b", "c");

    CurrentDetector b = promote("b", 3);

    assertThat(runs(b)).containsExactly("b", "a");
    assertThat(names()).containsExactly("a", "b", "current");
    assertThat(folder.resolve("models/.current.1b4e28ba-2fa1-11d2-883f-0016d3cca427"))
        .doesNotExist();
  }

  @Test
  void onlyOneProgramChangesTheDetectorInUse() throws Exception {
    CurrentDetector a = promote("a", 3);
    try (Lease first = Lease.take(models, line -> {})) {
      ModelsFolder held = models.heldBy(first);
      // Both have seen no owner, and this one has written last.
      Owner other = Owner.here();
      models.leased().write(other);

      assertThatThrownBy(
              () -> held.promote(new CurrentDetector.Promoted("models/b-1", "b", "h", "now"), 3))
          .isInstanceOf(InUseException.class)
          .hasMessageStartingWith("Cannot go on with the detector in use: process ")
          .hasMessageEndingWith(
              " has taken it over, because both began at once or this program did not renew its"
                  + " hold in time");
      assertThatThrownBy(() -> held.deleteUnnamed(a)).isInstanceOf(InUseException.class);
      assertThat(models.current()).contains(a);
      models.leased().delete();
    }
  }

  @Test
  void aWorkspaceThatIsMovedKeepsItsDetectorInUse() throws Exception {
    promote("a", 3);
    Path moved = folder.resolve("moved");
    Files.createDirectories(moved);
    Files.move(folder.resolve("models"), moved.resolve("models"));
    ModelsFolder there = Workspace.open(moved.toString(), new Configuration()).models();

    assertThat(there.folder(there.current().orElseThrow().detector()).toString())
        .startsWith("file:" + moved + "/models/a-");
  }

  @Test
  void aFileThatDoesNotNameADetectorIsRefused() throws Exception {
    CurrentDetector a = promote("a", 3);
    Path current = folder.resolve("models/current");
    String whole = Files.readString(current);
    for (String damaged :
        List.of(
            "",
            "{}",
            "[1]",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"models/", "\"models/../"),
            whole.replace("\"models/", "\"/models/"))) {
      write(current, damaged);
      assertThatThrownBy(models::current)
          .as(damaged)
          .isInstanceOf(UnusableInputException.class)
          .hasMessage(
              "Cannot tell which detector is in use: file:%s is damaged; delete the file and promote a run again",
              current);
    }
    write(current, whole.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    assertThatThrownBy(models::current)
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("has format version 2, and this program reads version 1");

    write(current, whole);
    Path detector = folder.resolve(a.detector().folder()).resolve("detector.json");
    write(detector, "{}");
    assertThatThrownBy(() -> models.folder(a.detector()))
        .isInstanceOf(UnusableInputException.class)
        .hasMessageContaining("has another detector.json than was promoted; put it back, go back");
    Files.delete(detector);
    assertThatThrownBy(() -> models.folder(a.detector()))
        .hasMessageContaining("is missing, or has no detector.json");
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
