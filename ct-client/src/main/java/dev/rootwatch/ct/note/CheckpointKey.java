package dev.rootwatch.ct.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import java.nio.ByteBuffer;

/** How a signature line of a note says which key it is from (c2sp.org/signed-note). */
final class CheckpointKey {
  /** Signature type of RFC6962NoteSignature (c2sp.org/static-ct-api). */
  private static final byte RFC6962_NOTE_SIGNATURE = 0x05;

  private CheckpointKey() {}

  /** The first four bytes of SHA-256(key name || 0x0A || 0x05 || log id). */
  static int id(String name, LogId log) {
    byte[] nameBytes = name.getBytes(UTF_8);
    byte[] hashed =
        ByteBuffer.allocate(nameBytes.length + 2 + Hash.BYTES)
            .put(nameBytes)
            .put((byte) '\n')
            .put(RFC6962_NOTE_SIGNATURE)
            .put(log.keyHash().toBytes())
            .array();
    return ByteBuffer.wrap(Hash.sha256(hashed).toBytes()).getInt();
  }
}
