package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A key of a family.
 *
 * @param spkiSha256 SHA-256 of the SubjectPublicKeyInfo
 * @param name what people call it
 * @param root whether programs hold (or held) it as an anchor
 * @param anchor SHA-256 of the certificate that the programs hold; null when not known
 * @param spki the DER SubjectPublicKeyInfo, where a certificate is at hand; shared, read-only
 */
@SuppressWarnings("ArrayRecordComponent")
public record CatalogKey(
    Hash spkiSha256, String name, boolean root, @Nullable Hash anchor, byte @Nullable [] spki) {}
