package syscallanomaly.jobs.storage;

import java.io.File;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A NameNode and two DataNodes in this JVM, with permissions checked. Whoever starts it is the
 * superuser.
 */
public final class HdfsCluster implements AutoCloseable {
  private static final int DATA_NODES = 2;

  private final MiniDFSCluster cluster;

  private HdfsCluster(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts and waits until both DataNodes are there.
   *
   * @param folder where blocks and the name table lie
   */
  public static HdfsCluster start(java.nio.file.Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.setBoolean("dfs.permissions.enabled", true);
    configuration.set("dfs.namenode.rpc-bind-host", "127.0.0.1");
    configuration.setInt("dfs.replication", DATA_NODES);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, folder.toFile()).numDataNodes(DATA_NODES).build();
    cluster.waitActive();
    return new HdfsCluster(cluster);
  }

  /** The URI of a path: {@code hdfs://localhost:<port>/path}. */
  public String uri(String path) {
    return cluster.getURI(0) + path;
  }

  /** The file system as the superuser sees it. */
  public DistributedFileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  /** Does something as another user, who owns nothing here. */
  public static <T> T as(String user, Callable<T> action) throws Exception {
    return UserGroupInformation.createRemoteUser(user)
        .doAs((PrivilegedExceptionAction<T>) action::call);
  }

  /** Deletes the blocks of a file from the disks of all DataNodes; the NameNode keeps its name. */
  public void loseBlocks(Path file) throws IOException {
    for (LocatedBlock located :
        files().getClient().getLocatedBlocks(file.toUri().getPath(), 0).getLocatedBlocks()) {
      ExtendedBlock block = located.getBlock();
      for (int node = 0; node < DATA_NODES; node++) {
        File stored = cluster.getBlockFile(node, block);
        if (stored != null && !stored.delete()) {
          throw new IOException("Cannot delete " + stored);
        }
      }
    }
  }

  @Override
  public void close() {
    cluster.shutdown(/* deleteDfsDir= */ true);
  }
}
