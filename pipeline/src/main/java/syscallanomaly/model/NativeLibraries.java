package syscallanomaly.model;

import com.github.luben.zstd.util.Native;
import net.jpountz.lz4.LZ4Factory;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Loads the native libraries of ND4J while no other library is being loaded.
 *
 * <p>As JavaCPP loads a library, it looks up symbols while it walks along glibc's list of libraries
 * ({@code Loader.addressof}). For that, glibc takes its lock of the list first and its lock of the
 * loader second. To load another library, it takes them in the other order. If two threads do both
 * at the same moment, the process hangs for ever. Other tasks in the process load the codecs with
 * which Spark and Parquet compress, so these are loaded before.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Returns when the libraries are loaded. Only the first call in a process takes time. */
  public static void load() {
    Codecs.load();
    Nd4j.getBackend();
  }

  /** Java initialises a class once, and lets other threads wait for it. */
  private static final class Codecs {
    static {
      load("lz4", LZ4Factory::fastestInstance);
      load("zstd", Native::load);
      load("snappy", Snappy::getNativeLibraryVersion);
    }

    /** Comes here once the class is initialised. */
    static void load() {}

    private static void load(String codec, Runnable library) {
      try {
        library.run();
      } catch (LinkageError | SnappyError e) {
        // Data may need another codec, or none. Whoever needs this one says that it is missing.
        LoggerFactory.getLogger(NativeLibraries.class).debug("Cannot load the codec {}", codec, e);
      }
    }
  }
}
