package syscallanomaly.jobs.cluster;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.Context;
import org.apache.hadoop.yarn.server.nodemanager.LocalDirsHandlerService;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.nodemanager.ResourceView;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.webapp.WebServer;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.server.security.ApplicationACLsManager;
import org.apache.hadoop.yarn.util.resource.ResourceUtils;

/**
 * A ResourceManager and two NodeManagers in this JVM, on the loopback interface. Containers are
 * processes of their own, killed where they take more memory than they were given.
 */
final class YarnCluster implements AutoCloseable {
  /** Where YARN collects on the file system what containers have written. */
  static final String LOGS = "/yarn-logs";

  private static final int NODES = 2;
  private static final long START_SECONDS = 900;
  private static final String ANY_PORT = "127.0.0.1:0";

  /** In the command line of all that a NodeManager starts: the folder of logs has such a name. */
  private static final String CONTAINER = "/container_";

  private final Path folder;
  private final ResourceManager resourceManager = new ResourceManagerWithoutPages();
  private final List<NodeManager> nodeManagers = new ArrayList<>();

  private YarnCluster(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts and waits until both NodeManagers are there.
   *
   * @param folder takes the configuration, and what containers fetch and log
   * @param fileSystem the URI of the file system of paths that name none
   * @param memory of each NodeManager, MiB
   */
  static YarnCluster start(Path folder, String fileSystem, int memory) throws IOException {
    // Else the second NodeManager of a JVM cannot register its metrics.
    DefaultMetricsSystem.setMiniClusterMode(true);
    YarnCluster cluster = new YarnCluster(folder);
    try {
      // The ports that it takes are in its configuration afterwards.
      Configuration running = settings(fileSystem, memory);
      // Read once a JVM otherwise, before the least allocation below is known.
      ResourceUtils.resetResourceTypes(running);
      cluster.resourceManager.init(running);
      cluster.resourceManager.start();
      for (int node = 0; node < NODES; node++) {
        cluster.startNode(running, node);
      }
      cluster.awaitNodes();
      cluster.writeConfiguration(fileSystem, running);
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Configuration settings(String fileSystem, int memory) {
    Configuration settings = new YarnConfiguration();
    settings.set("fs.defaultFS", fileSystem);
    for (String address :
        List.of(
            YarnConfiguration.RM_ADDRESS,
            YarnConfiguration.RM_SCHEDULER_ADDRESS,
            YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
            YarnConfiguration.RM_ADMIN_ADDRESS,
            YarnConfiguration.RM_WEBAPP_ADDRESS,
            YarnConfiguration.NM_ADDRESS,
            YarnConfiguration.NM_LOCALIZER_ADDRESS,
            YarnConfiguration.NM_COLLECTOR_SERVICE_ADDRESS,
            YarnConfiguration.NM_WEBAPP_ADDRESS)) {
      settings.set(address, ANY_PORT);
    }
    settings.setInt(YarnConfiguration.NM_PMEM_MB, memory);
    settings.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 1);
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    settings.setBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, true);
    settings.set(YarnConfiguration.NM_REMOTE_APP_LOG_DIR, LOGS);
    // A disk that is nearly full is no broken one.
    settings.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    return settings;
  }

  private void startNode(Configuration running, int node) {
    Configuration settings = new YarnConfiguration(running);
    settings.set(YarnConfiguration.NM_LOCAL_DIRS, folder.resolve("local-" + node).toString());
    settings.set(YarnConfiguration.NM_LOG_DIRS, folder.resolve("log-" + node).toString());
    NodeManager manager = new NodeManagerWithoutPages();
    nodeManagers.add(manager);
    manager.init(settings);
    manager.start();
  }

  private void awaitNodes() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (resourceManager.getResourceScheduler().getNumClusterNodes() < NODES) {
      if (System.nanoTime() > end) {
        throw new IOException("Cannot start YARN: its NodeManagers did not register");
      }
      Thread.onSpinWait();
    }
  }

  private void writeConfiguration(String fileSystem, Configuration running) throws IOException {
    Files.createDirectories(configuration());
    write("core-site.xml", Map.of("fs.defaultFS", fileSystem));
    write("hdfs-site.xml", Map.of("dfs.replication", "1"));
    write(
        "yarn-site.xml",
        Map.of(
            YarnConfiguration.RM_ADDRESS,
            running.get(YarnConfiguration.RM_ADDRESS),
            YarnConfiguration.RM_SCHEDULER_ADDRESS,
            running.get(YarnConfiguration.RM_SCHEDULER_ADDRESS)));
  }

  private void write(String file, Map<String, String> properties) throws IOException {
    Configuration site = new Configuration(/* loadDefaults= */ false);
    properties.forEach(site::set);
    try (Writer writer = Files.newBufferedWriter(configuration().resolve(file))) {
      site.writeXml(writer);
    }
  }

  /** What {@code HADOOP_CONF_DIR} takes. */
  Path configuration() {
    return folder.resolve("conf");
  }

  /** The processes of the containers that run now. */
  List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> new ProcessView(process).commandLine().contains(CONTAINER))
        .toList();
  }

  /** The memory that the containers were given which run now, MiB. */
  Set<Long> containerMemory() {
    Set<Long> memory = new TreeSet<>();
    for (NodeManager manager : nodeManagers) {
      for (Container container : manager.getNMContext().getContainers().values()) {
        memory.add(container.getResource().getMemorySize());
      }
    }
    return memory;
  }

  @Override
  public void close() {
    // Each waits for seconds for its own threads.
    nodeManagers.parallelStream().forEach(NodeManager::stop);
    resourceManager.stop();
  }

  /** Pages would need libraries that Java 17 no longer has. */
  private static final class ResourceManagerWithoutPages extends ResourceManager {
    @Override
    protected void startWepApp() {}
  }

  private static final class NodeManagerWithoutPages extends NodeManager {
    @Override
    protected WebServer createWebServer(
        Context context,
        ResourceView resources,
        ApplicationACLsManager access,
        LocalDirsHandlerService folders) {
      return new WebServer(context, resources, access, folders) {
        @Override
        protected void serviceStart() {
          ((NMContext) context).setWebServer(this);
        }
      };
    }
  }
}
