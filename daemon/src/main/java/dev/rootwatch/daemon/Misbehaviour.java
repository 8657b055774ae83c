package dev.rootwatch.daemon;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a log did and must not do, with what anybody needs to check it again: heads as
 * they were signed, proofs, bytes.
 *
 * @param kind in a word, such as {@code two-roots}
 * @param title one sentence for people
 * @param detail JSON values
 * @param heads signed heads to keep
 */
record Misbehaviour(
    String kind, String title, Map<String, Object> detail, List<SignedTreeHead> heads) {

  /** A head as evidence: {@code raw} is the answer of the log, signature included. */
  static Map<String, Object> head(SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("size", head.size());
    detail.put("root", head.root().toString());
    detail.put("timestamp", Instant.ofEpochMilli(head.timestamp()));
    detail.put("raw", base64(head.raw()));
    return detail;
  }

  static Map<String, Object> proof(ConsistencyProof proof) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("first", proof.first());
    detail.put("second", proof.second());
    detail.put("path", proof.path().stream().map(Hash::toString).toList());
    return detail;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
