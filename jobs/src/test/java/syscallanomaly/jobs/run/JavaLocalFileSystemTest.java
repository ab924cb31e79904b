package syscallanomaly.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaLocalFileSystemTest {
  private static final URI LOCAL = URI.create("file:///");

  @TempDir java.nio.file.Path folder;

  private final LocalFileSystem hadoops = new LocalFileSystem();
  private final JavaLocalFileSystem files = new JavaLocalFileSystem();

  @BeforeEach
  void open() throws IOException {
    hadoops.initialize(LOCAL, new Configuration());
    files.initialize(LOCAL, new Configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0644", "0600", "0777", "1777", "0400", "0071"})
  void setsWhatHadoopReads(String octal) throws IOException {
    Path file = new Path(Files.createFile(folder.resolve("a b'c")).toUri());
    Path below = new Path(Files.createDirectory(folder.resolve("d")).toUri());

    for (Path path : new Path[] {file, below}) {
      files.setPermission(path, new FsPermission(octal));

      assertThat(hadoops.getFileStatus(path).getPermission()).isEqualTo(new FsPermission(octal));
      assertSame(files.getFileStatus(path), hadoops.getFileStatus(path));
    }
  }

  private static void assertSame(FileStatus one, FileStatus other) {
    assertThat(SerializationUtils.clone(one).getPermission()).isEqualTo(other.getPermission());
    assertThat(one.getPermission()).isEqualTo(other.getPermission());
    assertThat(one.getOwner()).isEqualTo(other.getOwner());
    assertThat(one.getGroup()).isEqualTo(other.getGroup());
    assertThat(one.getLen()).isEqualTo(other.getLen());
    assertThat(one.isDirectory()).isEqualTo(other.isDirectory());
    assertThat(one.getModificationTime()).isEqualTo(other.getModificationTime());
    assertThat(one.getPath()).isEqualTo(other.getPath());
  }

  @Test
  void writtenFilesHaveThePermissionsThatHadoopGivesThem() throws IOException {
    Path own = new Path(folder.resolve("x/own").toUri());
    Path other = new Path(folder.resolve("y/other").toUri());
    files.create(own).close();
    hadoops.create(other).close();

    for (String name : new String[] {"own", ".own.crc"}) {
      assertThat(permissions("x/" + name))
          .isEqualTo(permissions("y/" + name.replace("own", "other")));
    }
    assertThat(permissions("x")).isEqualTo(permissions("y"));
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = new Path(folder.resolve("missing").toUri());
    assertThatThrownBy(() -> files.setPermission(missing, new FsPermission("0644")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("missing does not exist");
    assertThatThrownBy(() -> files.getFileStatus(missing))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("missing does not exist");
  }

  @Test
  void hadoopTakesItFromThenOn() throws IOException {
    JavaLocalFileSystem.replaceHadoops(new Configuration());

    assertThat(FileSystem.get(LOCAL, new Configuration())).isInstanceOf(JavaLocalFileSystem.class);
    assertThat(FileSystem.getLocal(new Configuration())).isInstanceOf(JavaLocalFileSystem.class);
  }
}
