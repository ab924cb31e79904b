package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;

/** The traces shipped with the program, as an archive on the class path. */
public final class EmbeddedSample {
  /** The path of the archive on the class path. */
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
   * Copies the archive to {@code <workspace>/sample}, where Spark's workers can read it. The name
   * of the copy contains a hash of its content, so a copy that exists already is used.
   *
   * @param workspace receives the archive
   * @return the archive in the workspace
   * @throws IOException if the archive cannot be read or written
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
