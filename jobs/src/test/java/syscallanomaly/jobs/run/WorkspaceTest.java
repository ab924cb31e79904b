package syscallanomaly.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  private final Configuration hadoop = new Configuration();

  @TempDir Path folder;

  @Test
  void makesTheFolderAndLeavesNothingInIt() throws Exception {
    Workspace workspace = Workspace.open(folder + "/a/b", hadoop);

    assertThat(workspace.root().toString()).isEqualTo("file:" + folder + "/a/b");
    assertThat(names(folder.resolve("a/b"))).isEmpty();
  }

  @Test
  void saysThatAFileIsNoWorkspace() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> Workspace.open(file.toString(), hadoop))
        .isInstanceOf(UnusableWorkspaceException.class)
        .hasMessageStartingWith("Cannot write to workspace " + file + ": ")
        .hasMessageEndingWith("; set workspace to a folder or URI that can be written")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysThatNoFileSystemHasThisScheme() {
    assertThatThrownBy(() -> Workspace.open("foo://bar/x", hadoop))
        .isInstanceOf(UnusableWorkspaceException.class)
        .hasMessage(
            "Cannot write to workspace foo://bar/x: No FileSystem for scheme \"foo\"; set workspace"
                + " to a folder or URI that can be written");
  }

  @Test
  void aRunsFolderHoldsWhatTheDesignNames() throws Exception {
    RunFolder run = Workspace.open(folder.toString(), hadoop).run("r1");

    String root = "file:" + folder + "/runs/r1";
    assertThat(run.runId()).isEqualTo("r1");
    assertThat(
            Stream.of(
                run.root(),
                run.manifest(),
                run.vocabulary(),
                run.windows(),
                run.checkpoints(),
                run.model("model-1.zip"),
                run.rejects(),
                run.report()))
        .map(Object::toString)
        .containsExactly(
            root,
            root + "/manifest.json",
            root + "/vocabulary.json",
            root + "/windows",
            root + "/checkpoints",
            root + "/model-1.zip",
            root + "/rejects",
            root + "/report.html");
  }

  @Test
  void aWriteReplacesTheWholeFileAndLeavesNothingBeside() throws Exception {
    RunFolder run = Workspace.open(folder.toString(), hadoop).run("r1");

    run.writeAtomically(run.vocabulary(), bytes("a long first content"));
    run.writeAtomically(run.vocabulary(), bytes("second"));

    assertThat(run.read(run.vocabulary())).hasValue(bytes("second"));
    assertThat(names(folder.resolve("runs/r1"))).containsExactly("vocabulary.json");
  }

  @Test
  void aReaderSeesTheFormerContentOrTheNewOneWheneverItLooks() throws Exception {
    RunFolder run = Workspace.open(folder.toString(), hadoop).run("r1");
    run.writeAtomically(run.vocabulary(), bytes("content 0"));
    AtomicBoolean written = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          writer.submit(
              () -> {
                for (int i = 1; i <= 1000; i++) {
                  run.writeAtomically(run.vocabulary(), bytes("content " + i));
                }
                written.set(true);
                return null;
              });
      while (!written.get() && !writing.isDone()) {
        assertThat(run.read(run.vocabulary()))
            .hasValueSatisfying(
                content ->
                    assertThat(new String(content, StandardCharsets.UTF_8))
                        .matches("content \\d+"));
      }
      writing.get();
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void aFailedWriteLeavesTheFormerContent() throws Exception {
    RunFolder run = Workspace.open(folder.toString(), hadoop).run("r1");
    run.writeAtomically(run.vocabulary(), bytes("first"));

    assertThatThrownBy(
            () ->
                run.writeAtomically(
                    new org.apache.hadoop.fs.Path(run.vocabulary(), "below-a-file"), bytes("x")))
        .isInstanceOf(IOException.class);
    assertThat(run.read(run.vocabulary())).hasValue(bytes("first"));
  }

  @Test
  void aMissingFileHasNoContent() throws Exception {
    RunFolder run = Workspace.open(folder.toString(), hadoop).run("r1");

    assertThat(run.read(run.manifest())).isEmpty();
  }

  @Test
  void theSampleIsPlacedOnceUnderTheNameOfItsContent() throws Exception {
    Workspace workspace = Workspace.open(folder.toString(), hadoop);
    EmbeddedSample sample = new EmbeddedSample("/sample/not-an-archive.txt");

    org.apache.hadoop.fs.Path placed = sample.place(workspace);
    // SHA-256 of "sample\n" begins with these digits.
    Path file = folder.resolve("sample/traces-aaf9ff48.zip");
    assertThat(placed.toString()).isEqualTo("file:" + file);
    assertThat(file).hasContent("sample\n");

    Files.writeString(file, "kept");
    assertThat(sample.place(workspace)).isEqualTo(placed);
    assertThat(file).hasContent("kept");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
