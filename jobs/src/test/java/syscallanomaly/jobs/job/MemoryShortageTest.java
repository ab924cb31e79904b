package syscallanomaly.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark, JavaCPP and ND4J say, word for word. */
class MemoryShortageTest {
  private static final String ON_EXECUTOR =
      "Job aborted due to stage failure: Task 1 in stage 3.0 failed 4 times, most recent failure: Lost task 1.3 in stage 3.0 (TID 17) (10.0.0.7 executor 2): ";
  private static final String IN_DRIVER =
      "Job aborted due to stage failure: Task 1 in stage 3.0 failed 1 times, most recent failure: Lost task 1.0 in stage 3.0 (TID 5) (127.0.0.1 executor driver): ";

  private static String reason(Throwable failure) {
    return MemoryShortage.reason(failure).orElse("");
  }

  @Test
  void aFullHeapIsTheDriversOrAnExecutors() {
    String told = "java.lang.OutOfMemoryError: Java heap space\n\tat A.b(A.java:1)\n";
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");

    assertThat(reason(new IllegalStateException(error)))
        .isEqualTo(reason(new SparkException(IN_DRIVER + told, error)))
        .startsWith("the driver's heap of ")
        .endsWith(
            " MiB is too small (Java heap space); give it more with SYSCALL_DRIVER_MEMORY or -- --driver-memory");
    assertThat(reason(new SparkException(ON_EXECUTOR + told)))
        .isEqualTo(reason(new SparkException(ON_EXECUTOR + told, error)))
        .isEqualTo(
            "the heap of executor 2 on 10.0.0.7 is too small (Java heap space); give executors more with -- --executor-memory, or fewer spark.executor.cores");
  }

  @Test
  void arraysOutsideTheHeapHaveALimitOfTheirOwn() {
    OutOfMemoryError limit =
        new OutOfMemoryError(
            "Cannot allocate new FloatPointer(50000): totalBytes = 900M, physicalBytes = 3G");
    limit.initCause(
        new OutOfMemoryError(
            "Failed to allocate memory within limits: totalBytes (900M + 200M) > maxBytes (1000M)"));

    assertThat(reason(limit))
        .isEqualTo(
            "the driver has too little memory for arrays outside its heap (Cannot allocate new FloatPointer(50000): totalBytes = 900M, physicalBytes = 3G); give it more with SYSCALL_NATIVE_MEMORY, or lower training.batch-size or scoring.batch-size");
    assertThat(
            reason(
                new SparkException(
                    ON_EXECUTOR
                        + "java.lang.OutOfMemoryError: Physical memory usage is too high: physicalBytes (5G) > maxPhysicalBytes (4G)\n\tat A.b(A.java:1)")))
        .isEqualTo(
            "executor 2 on 10.0.0.7 has too little memory for arrays outside its heap (Physical memory usage is too high: physicalBytes (5G) > maxPhysicalBytes (4G)); raise spark.executor.memoryOverhead, or lower spark.executor.cores");
    assertThat(reason(new RuntimeException("std::bad_alloc")))
        .startsWith(
            "the driver has too little memory for arrays outside its heap (std::bad_alloc)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Command exited with code 52",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container from a bad node: container_1 on host: h. Exit status: 52. Diagnostics: [2026]",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: \nThe executor with id 2 exited with exit code 52(JVM OOM).\n",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container marked as failed: container_1 on host: h. Exit status: 52. Diagnostics: Exception"
      })
  void anExecutorThatJavaEndedHadAFullHeap(String told) {
    assertThat(reason(new SparkException(ON_EXECUTOR + told)))
        .isEqualTo(
            "the heap of executor 2 on 10.0.0.7 is too small (exit code 52); give executors more with -- --executor-memory, or fewer spark.executor.cores");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Command exited with code 137",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container from a bad node: container_1 on host: h. Exit status: 137. Diagnostics: Killed by external signal",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: \nThe executor with id 2 exited with exit code 137(SIGKILL, possible container OOM).\n",
        "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding physical memory limits. 5.0 GB of 5 GB physical memory used."
      })
  void anExecutorThatTheSystemKilledTookMoreThanThereIs(String told) {
    assertThat(reason(new SparkException(ON_EXECUTOR + told)))
        .startsWith("executor 2 on 10.0.0.7 was killed (")
        .endsWith("; raise spark.executor.memoryOverhead, or lower spark.executor.cores");
  }

  @Test
  void otherFailuresAreNoShortage() {
    assertThat(MemoryShortage.reason(new IOException("exited with code 52"))).isEmpty();
    assertThat(
            MemoryShortage.reason(
                new SparkException(
                    ON_EXECUTOR
                        + "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) Reason: Command exited with code 1")))
        .isEmpty();
    assertThat(
            reason(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
        .startsWith("the system gives the driver no more threads (unable to create native thread");
  }
}
