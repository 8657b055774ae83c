package dev.rootwatch.daemon.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the demo's webhook: checks the signature of each delivery and counts them by
 * webhook-id. It knows nothing of the sink's code.
 */
final class DemoReceiver implements AutoCloseable {
  static final String SECRET = "the secret of the demo";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> deliveries = new TreeMap<>();

  private DemoReceiver(HttpServer http) {
    this.http = http;
    http.setExecutor(threads);
    http.createContext("/hook", this::receive);
  }

  static DemoReceiver start() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DemoReceiver receiver =
        new DemoReceiver(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
    receiver.http.start();
    return receiver;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/hook");
  }

  /** How often each webhook-id was accepted, so far. */
  Map<String, Integer> deliveries() {
    synchronized (deliveries) {
      return new TreeMap<>(deliveries);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      @Nullable String id = exchange.getRequestHeaders().getFirst("webhook-id");
      boolean good = id != null && isSigned(exchange, id, body);
      if (good) {
        synchronized (deliveries) {
          deliveries.merge(id, 1, Integer::sum);
        }
      }
      exchange.sendResponseHeaders(good ? 204 : 400, -1);
    }
  }

  private static boolean isSigned(HttpExchange exchange, String id, byte[] body) {
    String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
    String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
    if (timestamp == null || signature == null) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HmacSHA256", e);
    }
  }
}
