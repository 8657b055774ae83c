package dev.rootwatch.ct.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.security.MessageDigest;

/** What holds of a window whatever it was made of: every slice lies inside, every entry hashes. */
final class WindowInvariants {
  private WindowInvariants() {}

  static void hold(EntryWindow window, int length) {
    MessageDigest sha256 = Hash.newSha256();
    byte[] hash = new byte[Hash.BYTES];
    if (!window.canHashLeaves()) {
      window.withLeafHashes(new byte[window.count() * Hash.BYTES], 0);
    }
    for (int i = 0; i < window.count(); i++) {
      inside(window.leafOffset(i), window.leafLength(i), length);
      inside(window.certificateOffset(i), window.certificateLength(i), length);
      inside(window.precertificateOffset(i), window.precertificateLength(i), length);
      inside(window.issuerKeyHashOffset(i), window.issuerKeyHashOffset(i) < 0 ? 0 : 32, length);
      for (int k = 0; k < window.chainLength(i); k++) {
        inside(window.chainOffset(i, k), window.chainItemLength(i, k), length);
      }
      window.leafIndex(i);
      window.timestamp(i);
      window.leafHash(i, sha256, hash, 0);
      MalformedEntry malformed = window.malformed(i);
      if (malformed == null) {
        window.entry(i);
      } else {
        assertThat(window.hasCertificate(i)).isFalse();
        assertThat(malformed.index()).isEqualTo(window.firstIndex() + i);
        assertThat(malformed.offset()).isBetween(0, length);
      }
      MalformedEntry extra = window.malformedExtra(i);
      assertThat(extra == null || (extra.offset() >= 0 && extra.offset() <= length)).isTrue();
    }
  }

  private static void inside(int offset, int size, int length) {
    if (offset == -1) {
      assertThat(size).isZero();
    } else {
      assertThat(offset).isBetween(0, length);
      assertThat(size).isBetween(0, length - offset);
    }
  }
}
