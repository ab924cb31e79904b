package syscallanomaly.trace.file;

import java.nio.file.AccessDeniedException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.security.AccessControlException;

/** Says in one line why a file system refused, and adds the fix if it is known. */
public final class FileSystemRefusal {
  private FileSystemRefusal() {}

  /** The reason in one line, of bounded length. */
  public static String reason(Throwable failure) {
    if (has(failure, CredentialInitializationException.class)) {
      return "no credentials for S3; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
          + " spark.hadoop.fs.s3a.access.key and .secret.key, or name a credential store in"
          + " spark.hadoop.hadoop.security.credential.provider.path";
    }
    AccessDeniedException denied =
        ExceptionUtils.throwableOfType(failure, AccessDeniedException.class);
    if (denied != null) {
      return "access denied (%s); check the credentials, and what they may do there"
          .formatted(statusOf(denied));
    }
    AccessControlException forbidden =
        ExceptionUtils.throwableOfType(failure, AccessControlException.class);
    if (forbidden != null) {
      return OneLine.of(forbidden) + "; let that user do so, or run as another one";
    }
    if (has(failure, UnknownStoreException.class)) {
      return "there is no such bucket; create it, or check spark.hadoop.fs.s3a.endpoint";
    }
    BlockMissingException missing =
        ExceptionUtils.throwableOfType(failure, BlockMissingException.class);
    return missing == null
        ? OneLine.of(failure)
        : "a block of it is on no DataNode (%s)".formatted(OneLine.of(missing));
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    return ExceptionUtils.indexOfType(failure, kind) >= 0;
  }

  /**
   * Returns the status that S3 gave, such as {@code 403 Forbidden} or {@code InvalidAccessKeyId}.
   */
  private static String statusOf(AccessDeniedException denied) {
    String reason = denied.getReason() == null ? "" : denied.getReason().strip();
    String status = reason.substring(reason.lastIndexOf(':') + 1).strip();
    return status.isEmpty() ? "no reason given" : status;
  }
}
