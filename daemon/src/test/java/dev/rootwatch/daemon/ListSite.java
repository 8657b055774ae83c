package dev.rootwatch.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A publisher of log lists on a loopback port: signs, gives entity tags, answers 304. */
final class ListSite implements AutoCloseable {
  private static final KeyPair KEYS = newKeys();

  private final HttpServer http;

  /** What was asked for: path, and the tag that came with it. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private volatile byte[] list = new byte[0];
  private volatile byte[] signature = new byte[0];
  private volatile int status = 200;

  ListSite() throws IOException {
    http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 16);
    http.createContext("/", this::answer);
    http.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v3/list.json");
  }

  static String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  void publish(String json) {
    byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    signature = sign(bytes);
    list = bytes;
    status = 200;
  }

  /** Serves a list with the signature of the one before. */
  void publishUnsigned(String json) {
    list = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    status = 200;
  }

  void fail() {
    status = 503;
  }

  /** What was asked for since the last call. */
  List<String> asked() {
    List<String> since = new ArrayList<>(asked);
    asked.clear();
    return since;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      @Nullable String known = exchange.getRequestHeaders().getFirst("If-None-Match");
      asked.add(known == null ? path : path + " " + known);
      if (status != 200) {
        exchange.sendResponseHeaders(status, -1);
      } else if (path.endsWith(".sig")) {
        send(exchange, signature);
      } else {
        String tag = "\"" + Integer.toHexString(java.util.Arrays.hashCode(list)) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        if (Objects.equals(tag, known)) {
          exchange.sendResponseHeaders(304, -1);
        } else {
          send(exchange, list);
        }
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] sign(byte[] bytes) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(KEYS.getPrivate());
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
