package syscallanomaly.trace.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** A place whose files were listed: it travels to the executors and opens them there by name. */
public interface TraceSource extends Serializable {
  /** The full path of a file, as people can find it: {@code folder/name}, {@code zip!/name}. */
  String address(String name);

  /** The last part of the place's own path; files that lie right in it belong to this folder. */
  String folder();

  /** Opens nothing yet: what is wrong with the place shows at each file that is asked for. */
  Contents contents();

  /** The open place, for one thread. */
  interface Contents extends Closeable {
    /**
     * The content of the file with that relative name.
     *
     * @param bytes its size as it was listed; -1: not known
     */
    InputStream open(String name, long bytes) throws IOException;
  }
}
