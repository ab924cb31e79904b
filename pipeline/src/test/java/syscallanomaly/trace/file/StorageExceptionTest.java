package syscallanomaly.trace.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.model.AmazonS3Exception;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.s3a.CredentialInitializationException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

/** What is a property of one file, and what is a failure of the place where it lies. */
class StorageExceptionTest {
  @Test
  void aFileThatTheUserMayNotReadIsNoFailureOfTheDisk() {
    for (IOException denied :
        List.of(
            new AccessDeniedException("/t/a"),
            new AccessControlException("Permission denied: user=x"),
            s3("AccessDenied"),
            s3("InvalidObjectState"))) {
      assertThat(StorageException.unlessDenied(denied)).isSameAs(denied);
    }
  }

  @Test
  void everyOtherErrorIsOne() {
    for (Throwable failure :
        List.of(
            new FileNotFoundException("/t/a"),
            new EOFException("416 Range Not Satisfiable"),
            new IOException("Input/output error"),
            new ChecksumException("/t/a", 512),
            new BlockMissingException("/t/a", "Could not obtain block", 0),
            new SocketTimeoutException("Read timed out"),
            new IllegalStateException("Connection pool shut down"),
            new CredentialInitializationException("no credentials"),
            s3("InvalidAccessKeyId"),
            s3("RequestTimeTooSkewed"))) {
      IOException storage = StorageException.unlessDenied(failure);
      assertThat(storage)
          .as("%s", failure)
          .isInstanceOf(StorageException.class)
          .hasMessage(FileSystemRefusal.reason(failure))
          .hasNoCause();
      assertThat(SerializationUtils.clone(storage)).hasMessage(storage.getMessage());
      assertThat(StorageException.of(storage)).isSameAs(storage);
    }
  }

  @Test
  void aStreamTellsItsErrorsFromThoseOfDecoders() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("Connection pool shut down");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new SocketTimeoutException("Read timed out");
          }
        };
    try (StorageStream stream = new StorageStream(broken)) {
      assertThatThrownBy(stream::read).isInstanceOf(StorageException.class);
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> stream.skip(1)).isInstanceOf(StorageException.class);
    }
  }

  private static IOException s3(String code) {
    AmazonS3Exception answer = new AmazonS3Exception(code);
    answer.setErrorCode(code);
    answer.setStatusCode(403);
    IOException denied = new AccessDeniedException("s3a://b/t/a", null, "GET: 403: " + code);
    denied.initCause(answer);
    return denied;
  }
}
