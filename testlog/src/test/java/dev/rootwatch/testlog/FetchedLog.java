package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads a log over HTTP as an outsider would, by the specification and nothing of ours. */
final class FetchedLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;

  FetchedLog(URI base) {
    this.base = base;
  }

  /** One entry of a data tile. */
  @SuppressWarnings("ArrayRecordComponent")
  record TileLeaf(
      byte[] timestampedEntry, int type, byte[] signed, byte[] precertificate, List<Hash> chain) {}

  HttpResponse<byte[]> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  byte[] body(String path) {
    HttpResponse<byte[]> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " gave " + response.statusCode());
    }
    return response.body();
  }

  JsonNode json(String path) {
    return JSON.readTree(body(path));
  }

  static List<Hash> hashes(JsonNode array) {
    List<Hash> hashes = new ArrayList<>();
    array.forEach(node -> hashes.add(Hash.ofBase64(node.asString())));
    return hashes;
  }

  /** leaf_input of all entries of [0, size), advancing by what comes. */
  List<byte[]> leafInputs(long size) {
    List<byte[]> leaves = new ArrayList<>();
    while (leaves.size() < size) {
      JsonNode page =
          json("ct/v1/get-entries?start=" + leaves.size() + "&end=" + (size - 1)).get("entries");
      page.forEach(
          entry -> leaves.add(Base64.getDecoder().decode(entry.get("leaf_input").asString())));
    }
    return leaves;
  }

  /** The leaves of all data tiles for a tree of this size. */
  List<TileLeaf> tileLeaves(long size) {
    List<TileLeaf> leaves = new ArrayList<>();
    for (long tile = 0; tile * 256 < size; tile++) {
      long width = Math.min(256, size - tile * 256);
      String path = "tile/data/%03d".formatted(tile) + (width == 256 ? "" : ".p/" + width);
      HttpResponse<byte[]> response = get(path);
      if (response.statusCode() != 200
          || !response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
        throw new AssertionError(path + ": " + response + response.headers());
      }
      leaves.addAll(parse(gunzip(response.body())));
    }
    return leaves;
  }

  private static byte[] gunzip(byte[] body) {
    try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<TileLeaf> parse(byte[] tile) {
    List<TileLeaf> leaves = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(tile);
    while (in.hasRemaining()) {
      int start = in.position();
      in.getLong();
      int type = in.getShort();
      if (type == 1) {
        in.position(in.position() + 32);
      }
      byte[] signed = take(in, length24(in));
      take(in, in.getShort() & 0xffff);
      byte[] timestamped = Arrays.copyOfRange(tile, start, in.position());
      byte[] precertificate = type == 1 ? take(in, length24(in)) : new byte[0];
      byte[] chain = take(in, in.getShort() & 0xffff);
      List<Hash> fingerprints = new ArrayList<>();
      for (int at = 0; at < chain.length; at += 32) {
        fingerprints.add(Hash.copyOf(chain, at));
      }
      leaves.add(new TileLeaf(timestamped, type, signed, precertificate, fingerprints));
    }
    return leaves;
  }

  private static int length24(ByteBuffer in) {
    return (in.get() & 0xff) << 16 | (in.getShort() & 0xffff);
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    client.close();
  }
}
