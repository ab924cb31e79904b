package syscallanomaly.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import syscallanomaly.jobs.cluster.StandaloneCluster;

/**
 * Gives tests the servers that they share, as parameters of their methods. A server starts when the
 * first test asks for it, and ends after the last test of this JVM. So a test must not harm it, and
 * must use folders, buckets and runs of names that no other test has.
 */
public final class SharedServers implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedServers.class);

  /** Starts a server, with a folder of its own for its files. */
  private interface Start {
    AutoCloseable in(Path folder) throws IOException;
  }

  private static final Map<Class<?>, Start> STARTS =
      Map.of(
          HdfsCluster.class,
          HdfsCluster::start,
          S3Server.class,
          S3Server::start,
          PostgresServer.class,
          PostgresServer::start,
          RestCatalogServer.class,
          RestCatalogServer::start,
          StandaloneCluster.class,
          folder ->
              StandaloneCluster.start(
                  folder, /* workers= */ 2, /* cores= */ 2, /* memory= */ "2g"));

  private record Started(AutoCloseable server, Path folder) implements AutoCloseable {
    static Started of(Class<?> type) {
      try {
        Path folder = Files.createTempDirectory(type.getSimpleName());
        return new Started(STARTS.get(type).in(folder), folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws Exception {
      server.close();
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return STARTS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(parameter.getParameter().getType(), Started::of, Started.class)
        .server();
  }
}
