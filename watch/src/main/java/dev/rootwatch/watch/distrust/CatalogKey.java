package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a family.
 *
 * @param spkiSha256 SHA-256 of the SubjectPublicKeyInfo
 * @param name what people call it
 * @param root whether programs hold (or held) it as an anchor
 * @param anchors SHA-256 of the certificates that programs hold or held for it, the one that speaks
 *     for it first; empty when not known
 * @param spki the DER SubjectPublicKeyInfo, where a certificate is at hand; shared, read-only
 * @param evidence what the hash rests on
 */
@SuppressWarnings("ArrayRecordComponent")
public record CatalogKey(
    Hash spkiSha256,
    String name,
    boolean root,
    List<Hash> anchors,
    byte @Nullable [] spki,
    Evidence evidence) {
  public CatalogKey {
    anchors = List.copyOf(anchors);
  }

  /** The certificate that speaks for the key; null when none is known. */
  public @Nullable Hash anchor() {
    return anchors.isEmpty() ? null : anchors.getFirst();
  }
}
