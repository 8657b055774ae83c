package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.TreeHeadBytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;

/** A log that signs the heads of the sample tree. */
final class TestSigner {
  private final KeyPair pair = Samples.newKey();
  private final LogKey key = LogKey.ofSpki(pair.getPublic().getEncoded());
  private final CtLog log;

  TestSigner(String name, LogProtocol protocol) {
    log = CtLog.custom(name, URI.create("http://127.0.0.1:1/" + name + "/"), protocol, key);
  }

  CtLog log() {
    return log;
  }

  SignedTreeHead head(long size) {
    return head(size, Samples.leaves(0, size).root());
  }

  SignedTreeHead head(long size, Hash root) {
    Instant at = Samples.NOW.plusSeconds(size);
    byte[] signature = sign(TreeHeadBytes.toBeSigned(at.toEpochMilli(), size, root));
    byte[] raw =
        log.protocol() == LogProtocol.STATIC
            ? withWitness(
                TreeHeadBytes.checkpoint(
                    log.origin(), key, size, root, at.toEpochMilli(), signature))
            : TreeHeadBytes.getSth(key, size, root, at.toEpochMilli(), signature);
    return new SignedTreeHead(log.id(), size, root, at.toEpochMilli(), raw);
  }

  /** A line that no log key covers. */
  private static byte[] withWitness(byte[] checkpoint) {
    return (new String(checkpoint, StandardCharsets.UTF_8)
            + "\u2014 witness.example AAAABBBBCCCC\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(pair.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
