package syscallanomaly.trace.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** A place whose files were listed. It is sent to the executors, which open the files by name. */
public interface TraceSource extends Serializable {
  /** The full path by which people can find a file: {@code folder/name} or {@code zip!/name}. */
  String address(String name);

  /**
   * The last part of the place's own path. It is the folder of the files that lie directly in the
   * place.
   */
  String folder();

  /**
   * Makes the contents without opening the place. Errors of the place appear when a file is opened.
   */
  Contents contents();

  /** Opens the files of the place, for one thread. */
  interface Contents extends Closeable {
    /**
     * Opens a file. At most one file of the contents is open at a time.
     *
     * @param file the file as it was listed
     * @throws StorageException if disk, network or service fail, or if the place has changed; the
     *     stream throws it, too
     * @throws IOException if the file may not be read, or if it is damaged; the stream throws it,
     *     too
     */
    InputStream open(TraceFile file) throws IOException;

    /**
     * Opens a file behind its first bytes.
     *
     * @param position number of bytes to skip; the file has at least as many
     * @throws IOException as {@link #open(TraceFile)} does
     */
    default InputStream open(TraceFile file, long position) throws IOException {
      InputStream in = open(file);
      try {
        in.skipNBytes(position);
        return in;
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }
  }
}
