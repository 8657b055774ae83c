package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;

/** Hashes as one byte string: one after the other, nothing between. */
final class HashList {
  private HashList() {}

  static byte[] toBytes(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.BYTES);
    }
    return bytes;
  }

  /**
   * @throws StoreException when the length is no multiple of a hash's
   */
  static List<Hash> ofBytes(byte[] bytes) {
    if (bytes.length % Hash.BYTES != 0) {
      throw new StoreException(
          "the store is damaged: " + bytes.length + " bytes are no list of hashes");
    }
    List<Hash> hashes = new ArrayList<>(bytes.length / Hash.BYTES);
    for (int at = 0; at < bytes.length; at += Hash.BYTES) {
      hashes.add(Hash.copyOf(bytes, at));
    }
    return hashes;
  }
}
