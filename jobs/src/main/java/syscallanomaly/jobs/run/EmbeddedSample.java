package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.Path;

/** The traces shipped with the program, as an archive on the class path. */
public final class EmbeddedSample {
  /** The path of the archive on the class path. */
  public static final String RESOURCE = "/sample/traces.zip";

  private static final int HASH_BYTES = 4;

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
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
