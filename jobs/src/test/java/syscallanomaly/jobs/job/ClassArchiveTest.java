package syscallanomaly.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.jobs.progress.Progress;

class ClassArchiveTest {
  @TempDir private Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(ClassArchive.COMPLETE);
  }

  private static String complete() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ClassArchive.complete(Progress.on(new PrintStream(err, true, StandardCharsets.UTF_8)));
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aProcessThatMakesAnArchiveNotesThatItIsComplete() {
    Path file = folder.resolve("classes.jsa.complete");
    System.setProperty(ClassArchive.COMPLETE, file.toString());

    assertThat(complete()).startsWith("Keeping Java's classes");
    assertThat(file).exists();
  }

  @Test
  void anotherProcessSaysAndWritesNothing() {
    assertThat(complete()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFailure() {
    System.setProperty(ClassArchive.COMPLETE, folder.resolve("none/complete").toString());

    assertThat(complete()).startsWith("Warning: later runs start slowly").contains("none/complete");
  }
}
