package dev.rootwatch.watch;

import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.GetEntriesBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a get-entries answer (RFC 6962 section 4.6) out of a file. */
final class GetEntriesBody {
  private GetEntriesBody() {}

  /**
   * What was in it.
   *
   * @param window null when there is no entry
   * @param error what is wrong with the JSON; the entries before it are in the window
   */
  record Entries(@Nullable EntryWindow window, CertificateCheck.@Nullable ReadError error) {}

  /** Whether the bytes begin like a JSON object. */
  static boolean looksLikeOne(byte[] file) {
    for (byte b : file) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '{';
      }
    }
    return false;
  }

  static Entries read(byte[] body) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return new Entries(null, error("not JSON: " + e.getOriginalMessage()));
    }
    JsonNode list = root.get("entries");
    if (list == null || !list.isArray()) {
      return new Entries(null, error("no list 'entries': not the body of a get-entries answer"));
    }
    List<byte[]> leaves = new ArrayList<>();
    List<byte[]> extras = new ArrayList<>();
    CertificateCheck.ReadError error = null;
    long size = 0;
    for (JsonNode entry : list) {
      byte[] leaf = base64(entry.get("leaf_input"));
      byte[] extra = base64(entry.get("extra_data"));
      if (leaf == null || extra == null) {
        error =
            error(
                "entry "
                    + leaves.size()
                    + ": 'leaf_input' and 'extra_data' must be base64 (RFC 6962 section 4.6)");
        break;
      }
      leaves.add(leaf);
      extras.add(extra);
      size += leaf.length + extra.length;
    }
    if (leaves.isEmpty()) {
      return new Entries(null, error != null ? error : error("'entries' is empty"));
    }
    return new Entries(window(leaves, extras, Math.toIntExact(size)), error);
  }

  private static EntryWindow window(List<byte[]> leaves, List<byte[]> extras, int size) {
    byte[] buffer = new byte[size];
    GetEntriesBuilder builder = new GetEntriesBuilder(0, leaves.size(), buffer, _ -> {});
    int at = 0;
    for (int i = 0; i < leaves.size(); i++) {
      byte[] leaf = leaves.get(i);
      byte[] extra = extras.get(i);
      System.arraycopy(leaf, 0, buffer, at, leaf.length);
      System.arraycopy(extra, 0, buffer, at + leaf.length, extra.length);
      builder.add(at, leaf.length, at + leaf.length, extra.length);
      at += leaf.length + extra.length;
    }
    return builder.build(size);
  }

  private static byte @Nullable [] base64(@Nullable JsonNode node) {
    if (node == null || !node.isString()) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(node.stringValue());
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static CertificateCheck.ReadError error(String message) {
    return new CertificateCheck.ReadError(0, message);
  }
}
