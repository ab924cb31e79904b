package syscallanomaly.trace.file;

import java.io.IOException;

/**
 * Says that a disk, a network or a service failed to give a file that was listed. It tells nothing
 * about the file's content, and another attempt may succeed. The message is the reason in one line.
 *
 * <p>It has no cause: Spark must be able to send it from an executor to the driver, and errors of
 * some clients cannot be sent.
 */
public final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason completes a sentence about the file, or says what failed
   */
  public StorageException(String reason) {
    super(reason);
  }

  private StorageException(Throwable failure) {
    super(FileSystemRefusal.reason(failure));
    setStackTrace(failure.getStackTrace());
  }

  /** The failure of a place that all files of a split share, such as an archive. */
  public static StorageException of(Throwable failure) {
    return failure instanceof StorageException storage ? storage : new StorageException(failure);
  }

  /**
   * The failure of a single file. One that the user may not read stays so however often Spark
   * tries, and says nothing about other files. Its error is returned as it is.
   */
  static IOException unlessDenied(Throwable failure) {
    return failure instanceof IOException denied && FileSystemRefusal.isDenied(failure)
        ? denied
        : of(failure);
  }
}
