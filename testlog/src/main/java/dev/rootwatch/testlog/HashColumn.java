package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing column of 32-byte hashes, kept in blocks so that growing never copies. */
final class HashColumn {
  private static final int PER_BLOCK = 1 << 12;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  long size() {
    return size;
  }

  void add(byte[] hash) {
    int slot = (int) (size % PER_BLOCK);
    if (slot == 0) {
      blocks.add(new byte[PER_BLOCK * Hash.BYTES]);
    }
    System.arraycopy(hash, 0, blocks.getLast(), slot * Hash.BYTES, Hash.BYTES);
    size++;
  }

  byte[] get(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("hash " + index + " of " + size);
    }
    byte[] block = blocks.get((int) (index / PER_BLOCK));
    int at = (int) (index % PER_BLOCK) * Hash.BYTES;
    return Arrays.copyOfRange(block, at, at + Hash.BYTES);
  }

  /** The first position of {@code hash} among the first {@code n}, or -1. */
  long indexOf(byte[] hash, long n) {
    for (long i = 0; i < n; i++) {
      byte[] block = blocks.get((int) (i / PER_BLOCK));
      int at = (int) (i % PER_BLOCK) * Hash.BYTES;
      if (block[at] == hash[0] && Arrays.equals(block, at, at + Hash.BYTES, hash, 0, Hash.BYTES)) {
        return i;
      }
    }
    return -1;
  }
}
