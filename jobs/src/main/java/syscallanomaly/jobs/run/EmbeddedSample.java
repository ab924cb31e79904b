package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;

/** The traces that come with the program, as an archive on the class path. */
public final class EmbeddedSample {
  /** The archive's place on the class path. */
  public static final String RESOURCE = "/sample/traces.zip";

  private static final int HASH_DIGITS = 8;

  private final String resource;

  public EmbeddedSample() {
    this(RESOURCE);
  }

  EmbeddedSample(String resource) {
    this.resource = resource;
  }

  /**
   * Puts the archive where Spark's workers can read it: {@code <workspace>/sample}, under a name
   * that its content gives. An archive that is there already stays.
   *
   * @return the archive in the workspace
   */
  public Path place(Workspace workspace) throws IOException {
    byte[] archive = content();
    Path path = new Path(new Path(workspace.root(), "sample"), "traces-" + hash(archive) + ".zip");
    if (!workspace.files().exists(path)) {
      workspace.writeAtomically(path, archive);
    }
    return path;
  }

  private byte[] content() throws IOException {
    try (InputStream in = EmbeddedSample.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(
            "Cannot find the embedded sample: " + resource + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] content) {
    return DigestUtils.sha256Hex(content).substring(0, HASH_DIGITS);
  }
}
