package syscallanomaly.jobs.storage;

import java.io.File;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StorageStatistics;
import org.apache.hadoop.hdfs.DFSOpsCountStatistics;
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
  static final int DATA_NODES = 2;

  /** So small that a model has several. */
  static final long BLOCK = 1 << 18;

  /**
   * Who closes a file asks whether its last block has arrived, and asks again after .4 s, who
   * misses a block after seconds: most of the time that a test would take.
   */
  private static final Map<String, String> CLIENT =
      Map.of(
          "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "2",
          "dfs.client.block.write.locateFollowingBlock.retries", "16",
          "dfs.client.retry.window.base", "10",
          "dfs.blocksize", String.valueOf(BLOCK),
          "dfs.replication", String.valueOf(DATA_NODES));

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
    configuration.setLong("dfs.namenode.fs-limits.min-block-size", BLOCK);
    CLIENT.forEach(configuration::set);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, folder.toFile()).numDataNodes(DATA_NODES).build();
    cluster.waitActive();
    return new HdfsCluster(cluster);
  }

  /** The URI of a path: {@code hdfs://localhost:<port>/path}. */
  public String uri(String path) {
    return cluster.getURI(0) + path;
  }

  /** What makes Spark a client as those in this JVM are, who share one for each user. */
  public static Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    CLIENT.forEach((key, value) -> options.put("spark.hadoop." + key, value));
    return options;
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

  /**
   * What clients in this JVM have asked of any HDFS since the last call of this, by kind, in
   * Hadoop's words: {@code op_open}, {@code op_list_status}, ...
   */
  public static Map<String, Long> takeCounts() {
    StorageStatistics statistics = GlobalStorageStatistics.INSTANCE.get(DFSOpsCountStatistics.NAME);
    Map<String, Long> counts = new TreeMap<>();
    statistics
        .getLongStatistics()
        .forEachRemaining(kind -> counts.put(kind.getName(), kind.getValue()));
    counts.values().removeIf(count -> count == 0);
    statistics.reset();
    return counts;
  }

  @Override
  public void close() {
    cluster.shutdown(/* deleteDfsDir= */ true);
  }
}
