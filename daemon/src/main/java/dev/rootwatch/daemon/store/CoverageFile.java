package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.note.HeadVerdict;
import dev.rootwatch.ct.note.SignedTreeHeads;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.store.CoveredLog.MalformedLeaf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code rootwatch.coverage/v1}: what was read of logs, so that somebody who has nothing but
 * the file can check it ({@link CoverageVerifier}).
 *
 * <p>Beyond the fields of the contract it carries
 *
 * <ul>
 *   <li>{@code protocol} of a log: how to fetch windows of it again,
 *   <li>{@code heads} of a log: further signed heads that segments stand on,
 *   <li>{@code leaves} of a segment that does not start at 0: the compact range of what was read,
 *       which turns {@code left} into {@code right},
 *   <li>{@code rightProof}: consistency proof from {@code to} to {@code headSize}, where a head
 *       beyond the segment confirmed it,
 *   <li>{@code digest}: SHA-256 over everything else ({@link CanonicalJson}). It covers what no log
 *       signs, such as names, pending edges and counts. It finds changes, but whoever means to
 *       deceive can compute it anew; for what signatures and proofs cover, nobody can.
 * </ul>
 */
public final class CoverageFile {
  /** The value of {@code "schema"}. */
  public static final String SCHEMA = "rootwatch.coverage/v1";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CoverageFile() {}

  /** The whole object; its {@code toString()} is the file, in one line. */
  public static ObjectNode of(Collection<CoveredLog> logs, Instant createdAt) {
    ObjectNode file = JSON.objectNode();
    file.put("schema", SCHEMA);
    file.put("createdAt", createdAt.toString());
    file.put("complete", logs.stream().allMatch(CoverageFile::complete));
    ArrayNode array = file.putArray("logs");
    logs.forEach(log -> array.add(log(log)));
    file.put("digest", digest(file));
    return file;
  }

  /** SHA-256 of the canonical form of everything but the digest itself. */
  static String digest(ObjectNode file) {
    ObjectNode rest = file.deepCopy();
    rest.remove("digest");
    return Hash.sha256(CanonicalJson.bytes(rest)).toString();
  }

  private static boolean complete(CoveredLog log) {
    return log.head() != null
        && log.coverage().gaps(log.requested()).isEmpty()
        && segments(log).stream().allMatch(s -> s.state() == Segment.State.VERIFIED);
  }

  /** An empty segment is a place to read from, and says nothing yet. */
  private static List<Segment> segments(CoveredLog log) {
    return log.coverage().segments().stream().filter(s -> s.from() < s.to()).toList();
  }

  private static ObjectNode log(CoveredLog log) {
    ObjectNode object = JSON.objectNode();
    object.put("id", log.log().id().toString());
    object.put("key", log.log().key().base64());
    object.put("name", log.log().name());
    object.put("url", log.log().url().toString());
    object.put("protocol", log.log().protocol().word());
    object.set("head", log.head() == null ? JSON.nullNode() : head(log.log().key(), log.head()));
    ArrayNode heads = object.putArray("heads");
    log.heads().forEach(head -> heads.add(head(log.log().key(), head)));
    object.putArray("requested").add(log.requested().from()).add(log.requested().to());
    ArrayNode segments = object.putArray("segments");
    segments(log).forEach(segment -> segments.add(segment(segment)));
    ArrayNode gaps = object.putArray("gaps");
    for (EntryRange gap : log.coverage().gaps(log.requested())) {
      gaps.addObject().put("from", gap.from()).put("to", gap.to()).put("reason", reason(log, gap));
    }
    ArrayNode malformed = object.putArray("malformed");
    for (MalformedLeaf leaf : log.malformed()) {
      malformed
          .addObject()
          .put("index", leaf.index())
          .put("leafSha256", leaf.leafHash().toString());
    }
    object.put("examined", log.coverage().examined());
    object.put("findings", log.findings());
    return object;
  }

  private static String reason(CoveredLog log, EntryRange gap) {
    boolean hole = log.coverage().holes().stream().anyMatch(h -> h.contains(gap.from()));
    return hole ? "left for later, to stay at the tip of a log that is slow" : log.gapReason();
  }

  private static ObjectNode head(LogKey key, SignedTreeHead head) {
    return JSON.objectNode()
        .put("size", head.size())
        .put("root", head.root().toString())
        .put("timestamp", Instant.ofEpochMilli(head.timestamp()).toString())
        .put("raw", Base64.getEncoder().encodeToString(signedPart(key, head)));
  }

  /**
   * What the log signed, without the lines that others added to a checkpoint: nobody could tell
   * whether those were changed. A head that is no note stays as it came.
   */
  private static byte[] signedPart(LogKey key, SignedTreeHead head) {
    String note = new String(head.raw(), StandardCharsets.UTF_8);
    int text = note.indexOf("\n\n") + 2;
    for (String line : note.substring(Math.max(0, text)).split("\n", -1)) {
      byte[] alone =
          (note.substring(0, Math.max(0, text)) + line + "\n").getBytes(StandardCharsets.UTF_8);
      if (text > 1 && SignedTreeHeads.verify(key, alone) instanceof HeadVerdict.Valid) {
        return alone;
      }
    }
    return head.raw();
  }

  private static ObjectNode segment(Segment segment) {
    ObjectNode object =
        JSON.objectNode()
            .put("from", segment.from())
            .put("to", segment.to())
            .put("state", segment.state().word())
            .put("headSize", segment.headSize());
    object.set("left", hashes(segment.left()));
    object.set("right", hashes(segment.right()));
    boolean endsAtHead =
        segment.state() == Segment.State.VERIFIED && segment.to() == segment.headSize();
    object.set(
        "leftProof",
        endsAtHead && segment.from() > 0
            ? hashes(LeftProof.of(segment.left(), segment.leaves()))
            : null);
    object.set("leaves", segment.from() > 0 ? hashes(segment.leaves()) : null);
    object.set("rightProof", segment.rightProof().isEmpty() ? null : hashes(segment.rightProof()));
    return object;
  }

  private static ArrayNode hashes(CompactRange range) {
    return hashes(range.hashes());
  }

  private static ArrayNode hashes(List<Hash> hashes) {
    ArrayNode array = JSON.arrayNode();
    hashes.forEach(hash -> array.add(hash.toString()));
    return array;
  }
}
