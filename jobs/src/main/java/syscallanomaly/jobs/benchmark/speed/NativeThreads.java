package syscallanomaly.jobs.benchmark.speed;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many native threads ND4J's OpenMP and OpenBLAS take until this is closed. OpenMP keeps the
 * number for the thread that calls, OpenBLAS for the process: nothing else may compute meanwhile.
 *
 * <p>Element-wise operations stay with the OMP_NUM_THREADS that the program was started with, which
 * ND4J lets nobody raise. For DL4J's LSTM that is no loss: its operations are too small for more.
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

  /** Native threads of OpenBLAS now. */
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
