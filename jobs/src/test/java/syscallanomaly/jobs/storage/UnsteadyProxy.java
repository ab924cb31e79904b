package syscallanomaly.jobs.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP proxy between S3's client and its server. It counts what is asked for, and answers 503
 * now and then in the server's place.
 */
public final class UnsteadyProxy implements AutoCloseable {
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "proxy-connection",
          "transfer-encoding",
          "upgrade");
  private static final byte[] SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
          .getBytes(StandardCharsets.UTF_8);
  private static final int THREADS = 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger refuseEvery = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Map<String, AtomicLong> byKind = new ConcurrentHashMap<>();

  private UnsteadyProxy(HttpServer server) {
    this.server = server;
  }

  /** Starts; refuses nothing yet. */
  public static UnsteadyProxy start() throws IOException {
    // The server sends head and body apart, and between them would wait 40 ms for the receiver.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    UnsteadyProxy proxy =
        new UnsteadyProxy(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    proxy.server.createContext("/", proxy::handle);
    proxy.server.setExecutor(proxy.threads);
    proxy.server.start();
    return proxy;
  }

  /** Spark's options that lead requests through here. */
  public Map<String, String> options() {
    return Map.of(
        "spark.hadoop.fs.s3a.proxy.host",
        "127.0.0.1",
        "spark.hadoop.fs.s3a.proxy.port",
        String.valueOf(server.getAddress().getPort()));
  }

  /** Every n-th request gets 503 from now on; 0: none does. */
  public void refuseEvery(int every) {
    refuseEvery.set(every);
  }

  /** Requests that got 503. */
  public long refused() {
    return refused.get();
  }

  /** Requests since the last call of this, by kind: LIST, GET, HEAD, PUT, POST, DELETE. */
  public Map<String, Long> takeCounts() {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    byKind.forEach((kind, count) -> counts.put(kind, count.getAndSet(0)));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byKind.computeIfAbsent(kind(exchange), kind -> new AtomicLong()).incrementAndGet();
      int every = refuseEvery.get();
      if (every > 0 && requests.incrementAndGet() % every == 0) {
        refused.incrementAndGet();
        refuse(exchange);
      } else {
        answer(exchange, forward(exchange, body));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String kind(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query != null && query.contains("list-type=") ? "LIST" : exchange.getRequestMethod();
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    boolean withoutBody = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(503, withoutBody ? -1 : SLOW_DOWN.length);
    if (!withoutBody) {
      exchange.getResponseBody().write(SLOW_DOWN);
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(exchange.getRequestURI())
            .method(
                exchange.getRequestMethod(),
                body.length == 0 && !exchange.getRequestMethod().startsWith("P")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!OWN_HEADERS.contains(name) || (head && name.equals("content-length"))) {
        exchange.getResponseHeaders().put(header.getKey(), header.getValue());
      }
    }
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
