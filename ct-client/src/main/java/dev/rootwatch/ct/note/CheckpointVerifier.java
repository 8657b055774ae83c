package dev.rootwatch.ct.note;

import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.Quoted;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.Checkpoint.NoteSignature;
import dev.rootwatch.ct.note.HeadVerdict.Invalid;
import dev.rootwatch.ct.note.HeadVerdict.Valid;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.List;

/**
 * Checks a checkpoint with a log's key (c2sp.org/static-ct-api, "Checkpoints").
 *
 * <pre>
 * struct {
 *   uint64 timestamp;                   // milliseconds since the epoch
 *   DigitallySigned signature;          // over the tree head of RFC 6962, not over the note
 * } RFC6962NoteSignature;
 * </pre>
 *
 * <ul>
 *   <li>The log's line is known by (origin, key id) and need not be the first. Lines of others -
 *       witnesses, other algorithms, grease - are not looked at.
 *   <li>A line with the log's name and key id that does not verify spoils the note.
 *   <li>Extension lines spoil it too: the signature does not cover them, and the specification
 *       forbids them. (certspotter ignores them, Sunlight refuses them.)
 *   <li>The signature does not cover the origin either, so who knows the log's compares it.
 * </ul>
 */
final class CheckpointVerifier {
  private CheckpointVerifier() {}

  static HeadVerdict verify(LogKey key, String origin, byte[] note) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note);
      if (!checkpoint.origin().equals(origin)) {
        return new Invalid(
            "the checkpoint speaks of %s, this log is %s"
                .formatted(Quoted.of(checkpoint.origin()), Quoted.of(origin)));
      }
      return verify(key, checkpoint, note);
    } catch (ParseException e) {
      return unreadable(e);
    }
  }

  /** For whoever has key and checkpoint only: believes the origin that the note gives itself. */
  static HeadVerdict verify(LogKey key, byte[] note) {
    try {
      return verify(key, Checkpoint.parse(note), note);
    } catch (ParseException e) {
      return unreadable(e);
    }
  }

  private static HeadVerdict verify(LogKey key, Checkpoint checkpoint, byte[] note) {
    if (!checkpoint.extensions().isEmpty()) {
      return new Invalid(
          "the checkpoint has lines after the root, which no log signature covers: "
              + Quoted.of(checkpoint.extensions().getFirst()));
    }
    int keyId = CheckpointKey.id(checkpoint.origin(), key.id());
    List<NoteSignature> ours =
        checkpoint.signatures().stream()
            .filter(line -> line.keyName().equals(checkpoint.origin()) && line.keyId() == keyId)
            .toList();
    if (ours.isEmpty()) {
      return new Invalid(
          "none of %d signatures is that of the log's key %s"
              .formatted(checkpoint.signatures().size(), key.id()));
    }
    long timestamp = 0;
    for (NoteSignature line : ours) {
      ByteBuffer bytes = ByteBuffer.wrap(line.signature());
      long signedAt = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
      if (signedAt < 0) {
        return new Invalid("the log's signature line has no timestamp below 2^63");
      }
      byte[] message = TreeHeadBytes.toBeSigned(signedAt, checkpoint.size(), checkpoint.root());
      String fault = DigitallySigned.fault(bytes.slice(), key, message);
      if (!fault.isEmpty()) {
        return new Invalid(fault);
      }
      timestamp = Math.max(timestamp, signedAt);
    }
    return new Valid(
        new SignedTreeHead(key.id(), checkpoint.size(), checkpoint.root(), timestamp, note));
  }

  private static Invalid unreadable(ParseException e) {
    return new Invalid("not a checkpoint: " + e.getMessage() + ", at " + e.getErrorOffset());
  }
}
