package syscallanomaly.jobs.benchmark.speed;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Sets the number of native threads of ND4J's OpenMP and OpenBLAS until this is closed. OpenMP
 * keeps the number for the calling thread, but OpenBLAS keeps it for the whole process, so nothing
 * else may compute meanwhile.
 *
 * <p>Element-wise operations keep the OMP_NUM_THREADS with which the program was started, because
 * ND4J cannot raise it later. DL4J's LSTM loses nothing by this: its operations are too small for
 * more threads.
 */
final class NativeThreads implements AutoCloseable {
  private final int openMpBefore = openMp().ompGetMaxThreads();
  private final int openBlasBefore = openBlas().getMaxThreads();

  private NativeThreads() {}

  static NativeThreads set(int threads) {
    NativeThreads before = new NativeThreads();
    openMp().setOmpNumThreads(threads);
    openBlas().setMaxThreads(threads);
    return before;
  }

  /** Present number of OpenBLAS threads. */
  static int now() {
    return openBlas().getMaxThreads();
  }

  @Override
  public void close() {
    openMp().setOmpNumThreads(openMpBefore);
    openBlas().setMaxThreads(openBlasBefore);
  }

  private static NativeOps openMp() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  private static Blas openBlas() {
    return Nd4j.factory().blas();
  }
}
