package dev.rootwatch.ct.real;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CanonicalTbs;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Shows on real entries what Rootwatch stands on: the leaf hashes of a data tile are those of its
 * hash tile, and the canonical TBS of a precertificate equals that of its entry byte for byte.
 *
 * <p>Prints {@code key=value} pairs; the exit code is 1 when one of them falls short.
 */
public final class RealPrecertificates {
  /** 1,024 in the full tiles of Navigli and 15 in the answers; the partial tile repeats ten. */
  static final int EXPECTED_PRECERTIFICATES = 1039;

  private final Set<Hash> leaves = new HashSet<>();
  private int leafHashes;
  private int leafHashesEqual;
  private int precertificates;
  private int repeated;
  private int tbsEqual;
  private int malformed;

  private RealPrecertificates() {}

  /** Looks at everything there is. */
  static RealPrecertificates check(SharedData shared) {
    RealPrecertificates check = new RealPrecertificates();
    for (Path tile : shared.dataTiles()) {
      EntryWindow window = RealWindows.tile(shared, tile);
      check.leafHashes(window, shared.hashTile(tile));
      check.precertificates(window);
    }
    for (Path body : shared.getEntriesBodies()) {
      check.precertificates(RealWindows.getEntries(body));
    }
    return check;
  }

  private void leafHashes(EntryWindow window, byte[] hashTile) {
    MessageDigest sha256 = Hash.newSha256();
    byte[] hash = new byte[Hash.BYTES];
    for (int i = 0; i < window.count(); i++) {
      window.leafHash(i, sha256, hash, 0);
      leafHashes++;
      int at = i * Hash.BYTES;
      if (Arrays.equals(hash, 0, Hash.BYTES, hashTile, at, at + Hash.BYTES)) {
        leafHashesEqual++;
      }
      if (window.leafIndex(i) != window.firstIndex() + i) {
        malformed++;
      }
    }
    malformed += window.trailingBytes();
  }

  private void precertificates(EntryWindow window) {
    byte[] bytes = window.bytes();
    for (int i = 0; i < window.count(); i++) {
      if (window.malformed(i) != null || window.malformedExtra(i) != null) {
        malformed++;
      }
      if (window.type(i) != LogEntry.PRECERT) {
        continue;
      }
      if (!leaves.add(window.entry(i).leafHash())) {
        repeated++;
        continue;
      }
      precertificates++;
      Optional<byte[]> ofEntry =
          CanonicalTbs.ofTbs(bytes, window.certificateOffset(i), window.certificateLength(i));
      Optional<byte[]> ofPrecertificate =
          CanonicalTbs.ofCertificate(
              bytes, window.precertificateOffset(i), window.precertificateLength(i));
      if (ofEntry.isPresent()
          && ofPrecertificate.isPresent()
          && Arrays.equals(ofEntry.get(), ofPrecertificate.get())) {
        tbsEqual++;
      }
    }
  }

  boolean isGood() {
    return leafHashes > 0
        && leafHashesEqual == leafHashes
        && precertificates == EXPECTED_PRECERTIFICATES
        && tbsEqual == precertificates
        && malformed == 0;
  }

  @Override
  public String toString() {
    return "leaf_hashes=%d leaf_hashes_equal=%d precertificates=%d tbs_equal=%d repeated=%d malformed=%d"
        .formatted(leafHashes, leafHashesEqual, precertificates, tbsEqual, repeated, malformed);
  }

  public static void main(String[] args) {
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      System.out.println("SKIPPED");
      return;
    }
    RealPrecertificates check = check(shared.get());
    System.out.println(check);
    if (!check.isGood()) {
      System.exit(1);
    }
  }
}
