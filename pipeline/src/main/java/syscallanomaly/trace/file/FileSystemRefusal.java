package syscallanomaly.trace.file;

import com.amazonaws.AmazonServiceException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.security.AccessControlException;
import syscallanomaly.trace.VisibleText;

/** Says in one line why a file system refused, and adds the fix if it is known. */
public final class FileSystemRefusal {
  /**
   * Error codes by which S3 refuses the credentials, whatever object is asked for (Amazon S3 API
   * Reference, List of error codes). It gives them the status of a refused object.
   */
  private static final Set<String> REFUSED_CREDENTIALS =
      Set.of(
          "AccountProblem",
          "InvalidAccessKeyId",
          "InvalidSecurity",
          "NotSignedUp",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch");

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
      return denied.getReason() == null
          ? "access denied to %s; let this user read it, or run as another one"
              .formatted(VisibleText.of(denied.getFile()))
          : "access denied (%s); check the credentials, and what they may do there"
              .formatted(statusOf(denied.getReason()));
    }
    AccessControlException forbidden =
        ExceptionUtils.throwableOfType(failure, AccessControlException.class);
    if (forbidden != null) {
      return OneLine.of(forbidden) + "; let that user do so, or run as another one";
    }
    if (has(failure, UnknownStoreException.class)) {
      return "there is no such bucket; create it, or check spark.hadoop.fs.s3a.endpoint";
    }
    if (has(failure, NoSuchFileException.class) || has(failure, FileNotFoundException.class)) {
      return "it was listed, and is not there any more";
    }
    URISyntaxException unnameable =
        ExceptionUtils.throwableOfType(failure, URISyntaxException.class);
    if (unnameable != null) {
      return ("'%s' there has a name with a colon, which Hadoop cannot handle; rename it, or name a"
              + " folder without it")
          .formatted(VisibleText.of(unnameable.getInput()));
    }
    if (failure instanceof EOFException && failure.getMessage() == null) {
      return "it ends before its packed content does";
    }
    BlockMissingException missing =
        ExceptionUtils.throwableOfType(failure, BlockMissingException.class);
    return missing == null
        ? OneLine.of(failure)
        : "a block of it is on no DataNode (%s)".formatted(OneLine.of(missing));
  }

  /**
   * Says whether the user may not read this one file. Another attempt would end in the same way.
   */
  static boolean isDenied(Throwable failure) {
    AmazonServiceException answer =
        ExceptionUtils.throwableOfType(failure, AmazonServiceException.class);
    if (has(failure, CredentialInitializationException.class)
        || (answer != null && REFUSED_CREDENTIALS.contains(answer.getErrorCode()))) {
      return false;
    }
    return has(failure, AccessDeniedException.class) || has(failure, AccessControlException.class);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    return ExceptionUtils.indexOfType(failure, kind) >= 0;
  }

  /**
   * Returns the status that S3 gave, such as {@code 403 Forbidden} or {@code InvalidAccessKeyId}.
   */
  private static String statusOf(String reason) {
    String status = reason.strip().substring(reason.strip().lastIndexOf(':') + 1).strip();
    return status.isEmpty() ? "no reason given" : status;
  }
}
