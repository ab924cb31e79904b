package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

/** Links, special files and strange names on a local disk. */
@ExtendWith(SparkExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LocalFolderTest {
  private SparkSession spark;
  @TempDir private Path folder;
  private Path traces;

  @BeforeEach
  void session(SparkSession session) throws IOException {
    spark = session;
    folder = folder.toRealPath();
    traces = folder.resolve("t");
    new Corpus().with("t/a", "3 4").with("t/sub/b", "5 6").writeTo(folder);
  }

  @Test
  void aLinkToTheFolderItselfGivesNoTraceTwice() throws IOException {
    link("loop", ".");
    TraceSet read = read(traces.toString());
    assertThat(Corpus.ids(read.traces())).containsExactly("a", "sub/b");
    assertThat(Corpus.rejects(read, folder))
        .containsExactly(
            "training t/loop: leads to the folder " + traces + ", which is read already");
    assertThat(read.rejected()).isOne();
  }

  @Test
  void twoLinksToTheFolderItselfEnd() throws IOException {
    link("loop", ".");
    link("sub/up", "..");
    link("sub/top", folder.toString());
    TraceSet read = read(traces.toString());
    assertThat(Corpus.ids(read.traces())).containsExactly("a", "sub/b");
    assertThat(Corpus.rejects(read, folder))
        .containsExactly(
            "training t/loop: leads to the folder " + traces + ", which is read already",
            "training t/sub/top/t: leads to the folder " + traces + ", which is read already",
            "training t/sub/up: leads to the folder " + traces + ", which is read already");
  }

  @Test
  void linksToOtherPlacesAreFollowedOnce() throws IOException {
    new Corpus().with("other/x", "7").with("other/deep/y", "8").with("z", "9").writeTo(folder);
    link("1", "../other");
    link("2", "../other");
    link("3", "../other/deep");
    link("4", "../other/x");
    link("5", "../z");
    link("6", "../z");
    TraceSet read = read(traces.toString());
    assertThat(Corpus.lines(read))
        .containsExactly(
            "0 1/deep/y null [8]",
            "1 1/x null [7]",
            "2 5 null [9]",
            "3 a null [3, 4]",
            "4 sub/b null [5, 6]");
    String already = ", which is read already";
    assertThat(Corpus.rejects(read, folder))
        .containsExactly(
            "training t/2: leads to the folder " + folder + "/other" + already,
            "training t/3: leads to the folder " + folder + "/other/deep" + already,
            "training t/4: is a link to " + folder + "/other/x" + already,
            "training t/6: is a link to " + folder + "/z" + already);
  }

  @Test
  void aLinkToWhatIsHiddenIsFollowed() throws IOException {
    new Corpus().with("t/..data/c", "7").writeTo(folder);
    link("c", "..data/c");
    TraceSet read = read(traces.toString());
    assertThat(Corpus.ids(read.traces())).containsExactly("a", "c", "sub/b");
    assertThat(read.rejected()).isZero();
    assertThat(read.hidden()).isOne();
  }

  @Test
  void linksThatLeadNowhereAreRejected() throws IOException {
    link("dangling", "../none");
    link("self", "self");
    link("not-a-folder", "a/x");
    TraceSet read = read(traces.toString());
    assertThat(Corpus.ids(read.traces())).containsExactly("a", "sub/b");
    assertThat(Corpus.rejects(read, folder))
        .satisfiesExactly(
            reject ->
                assertThat(reject)
                    .isEqualTo("training t/dangling: is a link to a file that does not exist"),
            reject ->
                assertThat(reject)
                    .startsWith("training t/not-a-folder: is a link that leads nowhere: ")
                    .endsWith("Not a directory"),
            reject ->
                assertThat(reject)
                    .startsWith("training t/self: is a link that leads nowhere: ")
                    .contains("Too many levels of symbolic links"));
  }

  @Test
  void aPipeIsRejectedWithoutOpeningIt() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", traces + "/pipe").start().waitFor()).isZero();
    link("to-pipe", "pipe");
    link("device", "/dev/zero");
    for (String place : List.of(traces.toString(), traces + "/*")) {
      TraceSet read = read(place);
      assertThat(Corpus.ids(read.traces())).containsExactly("a", "sub/b");
      assertThat(Corpus.rejects(read, folder))
          .containsExactly(
              "training t/device: is a pipe, a socket or a device, which is not opened",
              "training t/pipe: is a pipe, a socket or a device, which is not opened",
              "training t/to-pipe: is a pipe, a socket or a device, which is not opened");
    }
  }

  @Test
  void namesThatAreNotUtf8AreRejectedAndShown() throws IOException {
    Path latin = Path.of(URI.create(traces.toUri() + "caf%E9-%C3%A9"));
    Files.writeString(latin, "1");
    Path below = Path.of(URI.create(traces.toUri() + "%FF"));
    Files.createDirectory(below);
    Files.writeString(below.resolve("c"), "1");
    for (String place : List.of(traces.toString(), traces + "/*", folder + "/*")) {
      TraceSet read = read(place);
      assertThat(read.traces().count()).isEqualTo(2);
      assertThat(Corpus.rejects(read, folder))
          .containsExactly(
              "training t/\\xff/c: has a name that is not UTF-8; rename it",
              "training t/caf\\xe9-é: has a name that is not UTF-8; rename it");
    }
  }

  @Test
  void strangeNamesAreReadAndKeptAsTheyAre() throws IOException {
    for (String name : List.of("x:y", ":", "é", "new\nline", "\u001b[31m", "%41", "b\\c", "[1]")) {
      Files.writeString(named(name), "7");
      Files.writeString(Files.createDirectories(named("d" + name)).resolve("f"), "8");
    }
    TraceSet read = read(traces.toString());
    assertThat(Corpus.rejects(read, folder)).isEmpty();
    assertThat(Corpus.ids(read.traces()))
        .hasSize(18)
        .contains("x:y", ":", "é", "new\nline", "\u001b[31m", "%41", "b\\c", "[1]", "dx:y/f");
    assertThat(Corpus.ids(read(traces + "/*").traces())).hasSize(18);
    assertThat(Corpus.ids(read(traces + "/{x:*,d*/f}").traces())).hasSize(9);
    assertThat(Corpus.ids(read(traces + "/dx:y").traces())).containsExactly("f");
    assertThat(Corpus.ids(read(traces + "/b\\\\*").traces())).containsExactly("b\\c");
  }

  @Test
  void aGlobFindsALinkOnce() throws IOException {
    new Corpus().with("day-1/x", "1").with("day-2/x", "2").writeTo(folder);
    Files.createSymbolicLink(folder.resolve("day-0"), Path.of("day-2"));
    for (String glob : List.of("/day-*", "/day-*/x", "/day-*/*")) {
      TraceSet read = read(folder + glob);
      assertThat(Corpus.ids(read.traces())).containsExactly("day-1/x", "day-2/x");
      assertThat(Corpus.rejects(read, folder))
          .singleElement()
          .asString()
          .startsWith("training day-0")
          .endsWith(", which is read already");
    }
  }

  @Test
  void aPlaceMayBeALink() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), traces);
    assertThat(Corpus.ids(read(folder + "/link").traces())).containsExactly("a", "sub/b");
    assertThat(Corpus.ids(read(folder + "/link/s*").traces())).containsExactly("sub/b");
    assertThat(Corpus.lines(read(folder + "/lin*"))).hasSize(2);
  }

  @Test
  void controlCharactersOfANameAreEscapedWhereItIsShown() throws IOException {
    Files.delete(traces.resolve("a"));
    Files.delete(traces.resolve("sub/b"));
    Files.writeString(named("\u001b[2J\n\u202e"), "x");
    TraceSet read = read(traces.toString());
    assertThatThrownBy(read::requireUsable)
        .isInstanceOf(UnusableInputException.class)
        .hasMessageEndingWith("/t/\\u001b[2J\\n\\u202e: position 1: 'x' is not a number");
    assertThat(read.rejects().first().getString(1)).endsWith("/t/\u001b[2J\n\u202e");
  }

  @Test
  void aFileThatMayNotBeReadIsRejected() throws IOException {
    Path closed = traces.resolve("a");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "this user may read every file");
    assertThat(Corpus.rejects(read(traces.toString()), folder))
        .containsExactly(
            "training t/a: cannot be read: access denied to "
                + closed
                + "; let this user read it, or run as another one");
  }

  /** Java resolves only names that the encoding of the process has. */
  private Path named(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Path.of(URI.create(traces.toUri() + encoded));
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(traces.resolve(name), Path.of(target));
  }

  private TraceSet read(String training) {
    return new TraceReader(spark, Corpus.training(training), Integer.MAX_VALUE)
        .read(Split.TRAINING);
  }
}
