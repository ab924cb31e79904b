package syscallanomaly.jobs.storage;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * S3Proxy, a server that speaks the protocol of S3, in a process of its own on this machine. It
 * checks signatures, and keeps objects in memory.
 */
public final class S3Server implements AutoCloseable {
  /** A name and a secret that stand nowhere else. */
  public static final String ACCESS_KEY = "AKIARECOGNISABLENAME";

  public static final String SECRET_KEY = "rEcOgNiSaBlE/SeCrEt+Of/tHe+TeStS";

  private static final Path HOME = Path.of("src/test/s3-server");
  private static final String REGION = "us-east-1";
  private static final Pattern STARTED =
      Pattern.compile("Started ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts and waits until requests are answered.
   *
   * @param folder takes the server's configuration
   */
  public static S3Server start(Path folder) throws IOException {
    Path properties =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:0
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=transient
            jclouds.identity=memory
            jclouds.credential=memory
            """
                .formatted(ACCESS_KEY, SECRET_KEY));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-Dlogback.configurationFile=" + HOME.resolve("logback.xml").toAbsolutePath(),
                "-cp",
                HOME.resolve("target/lib") + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .start();
    try {
      return new S3Server(process, port(process.inputReader(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The port that the server says it has; what it says afterwards is let go. */
  private static int port(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "s3-server output");
        drain.setDaemon(true);
        drain.start();
        return Integer.parseInt(started.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IOException("Cannot start the S3 server: " + said);
  }

  /** The server's address: {@code http://127.0.0.1:<port>}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** The SDK's client, for what Hadoop cannot do. */
  public AmazonS3 client() {
    return AmazonS3ClientBuilder.standard()
        .withEndpointConfiguration(new EndpointConfiguration(endpoint(), REGION))
        .withPathStyleAccessEnabled(true)
        .withCredentials(
            new AWSStaticCredentialsProvider(new BasicAWSCredentials(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  /**
   * Makes a bucket. Hadoop keeps a client for each name as long as the process lives, so no two
   * servers in it may have buckets of the same name.
   */
  public void createBucket(String name) {
    AmazonS3 client = client();
    client.createBucket(name);
    client.shutdown();
  }

  /** Spark's options for this server, but for the credentials. */
  public Map<String, String> optionsWithoutCredentials() {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint",
        endpoint(),
        "spark.hadoop.fs.s3a.endpoint.region",
        REGION,
        "spark.hadoop.fs.s3a.path.style.access",
        "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled",
        "false");
  }

  /** Spark's options for this server, and further ones. */
  public Map<String, String> options(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(optionsWithoutCredentials());
    options.put("spark.hadoop.fs.s3a.access.key", ACCESS_KEY);
    options.put("spark.hadoop.fs.s3a.secret.key", SECRET_KEY);
    options.putAll(more);
    return options;
  }

  /** What Spark makes of its options for Hadoop. */
  public static Configuration hadoop(Map<String, String> options) {
    Configuration hadoop = new Configuration();
    options.forEach((key, value) -> hadoop.set(key.replaceFirst("^spark\\.hadoop\\.", ""), value));
    return hadoop;
  }

  /** All objects of a bucket, by key. */
  public Map<String, byte[]> objects(String bucket) {
    AmazonS3 client = client();
    try {
      List<String> keys =
          client.listObjectsV2(bucket).getObjectSummaries().stream()
              .map(object -> object.getKey())
              .toList();
      return keys.stream().collect(Collectors.toMap(key -> key, key -> read(client, bucket, key)));
    } finally {
      client.shutdown();
    }
  }

  private static byte[] read(AmazonS3 client, String bucket, String key) {
    try (var object = client.getObject(bucket, key)) {
      return object.getObjectContent().readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
