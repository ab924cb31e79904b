package syscallanomaly.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Lease.Times OFTEN =
      new Lease.Times(Duration.ofMillis(50), Duration.ofMinutes(5));
  private static final Lease.Times SHORT =
      new Lease.Times(Duration.ofMinutes(5), Duration.ofMillis(500));

  @TempDir Path workspace;

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private RunFolder folder;
  private Path owner;

  @BeforeEach
  void openRun() throws Exception {
    folder = Workspace.open(workspace.toString(), new Configuration()).run("r1");
    owner = workspace.resolve("runs/r1/owner.json");
  }

  @Test
  void aRunIsLeftWhenItsLeaseIsClosed() throws Exception {
    Lease lease = Lease.take(folder.leased(), said::add, OFTEN);
    RunFolder held = folder.heldBy(lease);
    held.writeAtomically(held.report(), new byte[] {1});
    assertThat(owner).exists();

    lease.close();

    assertThat(owner).doesNotExist();
    assertThat(said).isEmpty();
    assertThatThrownBy(() -> held.writeAtomically(held.report(), new byte[] {2}))
        .isInstanceOf(InUseException.class);
    Lease.take(folder.leased(), said::add, OFTEN).close();
    assertThat(said).isEmpty();
  }

  @Test
  void aRunWhoseOwnerLivesIsRefused() throws Exception {
    try (Lease first = Lease.take(folder.leased(), said::add, OFTEN)) {
      assertThatThrownBy(() -> Lease.take(folder.leased(), said::add, OFTEN))
          .isInstanceOf(InUseException.class)
          .hasMessageStartingWith(
              "Cannot work on run r1: process " + ProcessHandle.current().pid() + " on ")
          .hasMessageEndingWith(
              " works on it; wait for its end or stop it, or choose another run.id");
      first.requireHeld();
    }
    assertThat(said).singleElement().asString().startsWith("Run r1 belongs to process ");
  }

  @Test
  void aRunIsTakenFromAnOwnerThatNoLongerShows() throws Exception {
    Owner elsewhere = new Owner("a", "far", "other machine", 1, "then", "then", 7);
    folder.writeAtomically(folder.owner(), elsewhere.toJson());

    try (Lease lease = Lease.take(folder.leased(), said::add, SHORT)) {
      lease.requireHeld();
    }

    assertThat(said)
        .containsExactly(
            "Run r1 belongs to process 1 on far (since then); waiting up to 0 s to see whether that"
                + " process is still alive");
  }

  @Test
  void aRunIsTakenAtOnceWhereItsOwnerIsKnownToHaveEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Owner here = Owner.here();
    Owner dead =
        new Owner("a", here.host(), here.machine(), ended.pid(), here.processStarted(), "then", 7);
    folder.writeAtomically(folder.owner(), dead.toJson());
    assertThat(here.isKnownToHaveEnded()).isFalse();
    assertThat(dead.isKnownToHaveEnded()).isTrue();

    Lease.take(folder.leased(), said::add, OFTEN).close();

    assertThat(said).isEmpty();
  }

  @Test
  void whoWasTakenForDeadWritesNoMore() throws Exception {
    Lease asleep = Lease.take(folder.leased(), said::add, SHORT);
    RunFolder held = folder.heldBy(asleep);
    try (Lease second = Lease.take(folder.leased(), said::add, SHORT)) {
      assertThatThrownBy(() -> held.writeAtomically(held.model("model.zip"), new byte[] {1}))
          .isInstanceOf(InUseException.class)
          .hasMessageStartingWith("Cannot go on with run r1: process ")
          .hasMessageEndingWith(
              " has taken it over, because both began at once or this program did not renew its hold in time");
      assertThat(workspace.resolve("runs/r1/model.zip")).doesNotExist();

      asleep.close();
      assertThat(owner).as("of the second").exists();
      second.requireHeld();
    }
  }

  @Test
  void whoWasTakenForDeadDeletesNoMore() throws Exception {
    folder.writeAtomically(folder.model("model-1.zip"), new byte[] {1});
    Lease asleep = Lease.take(folder.leased(), said::add, SHORT);
    RunFolder held = folder.heldBy(asleep);
    try (Lease second = Lease.take(folder.leased(), said::add, SHORT)) {
      assertThatThrownBy(() -> held.delete(held.model("model-1.zip")))
          .isInstanceOf(InUseException.class);
      assertThat(workspace.resolve("runs/r1/model-1.zip")).exists();

      folder.heldBy(second).delete(folder.model("model-1.zip"));
      assertThat(workspace.resolve("runs/r1/model-1.zip")).doesNotExist();
    }
  }

  @Test
  void aRunIsHeldOnAfterAMomentWithoutRoom() throws Exception {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.small.impl", SmallDisk.class, FileSystem.class);
    RunFolder onSmallDisk = Workspace.at("small://" + workspace, hadoop).run("r1");
    try (Lease lease = Lease.take(onSmallDisk.leased(), said::add, OFTEN)) {
      SmallDisk.FULL.set(true);
      assertThat(SmallDisk.REFUSED.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      SmallDisk.FULL.set(false);
      SmallDisk.WRITTEN.drainPermits();
      assertThat(SmallDisk.WRITTEN.tryAcquire(1, TimeUnit.MINUTES)).as("another beat").isTrue();
      lease.requireHeld();
    }
    assertThat(said)
        .isNotEmpty()
        .allMatch(line -> line.equals("Cannot renew the hold on run r1: No space left on device"));
  }

  /** A local disk that has room or has not. Hadoop reports a full one as an error like this. */
  static final class SmallDisk extends RawLocalFileSystem {
    static final AtomicBoolean FULL = new AtomicBoolean();
    static final Semaphore REFUSED = new Semaphore(0);
    static final Semaphore WRITTEN = new Semaphore(0);

    @Override
    public URI getUri() {
      return URI.create("small:///");
    }

    @Override
    public FSDataOutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite)
        throws IOException {
      if (FULL.get()) {
        REFUSED.release();
        throw new Error("No space left on device");
      }
      WRITTEN.release();
      return super.create(path, overwrite);
    }
  }

  @Test
  void aFileThatIsNoOwnersGivesWay() throws Exception {
    folder.writeAtomically(folder.owner(), "{\"id\":".getBytes(StandardCharsets.UTF_8));

    Lease.take(folder.leased(), said::add, OFTEN).close();

    assertThat(owner).doesNotExist();
  }

  @Test
  void whatAKilledProgramWasAboutToWriteIsDeleted() throws Exception {
    String unique = ".1b4e28ba-2fa1-11d2-883f-0016d3cca427";
    Path run = workspace.resolve("runs/r1");
    Files.createDirectories(run.resolve("checkpoints"));
    Files.createDirectories(run.resolve(".windows" + unique + "/training"));
    Files.writeString(run.resolve(".model.zip" + unique), "half");
    Files.writeString(run.resolve("checkpoints/.epoch-0001.zip" + unique), "half");
    Files.writeString(run.resolve("model.zip"), "whole");

    folder.deleteUnfinished();

    try (var files = Files.walk(run)) {
      assertThat(files.map(file -> run.relativize(file).toString()))
          .containsExactlyInAnyOrder("", "model.zip", "checkpoints");
    }
  }
}
