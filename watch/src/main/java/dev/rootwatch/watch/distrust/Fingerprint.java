package dev.rootwatch.watch.distrust;

/**
 * A single certificate of which the key does not matter or is not known: a leaf that a program
 * blocked, or a root known by fingerprint alone. Nothing matches by it; it is there to be said.
 *
 * @param algorithm {@code sha256}, or {@code sha1} where the source has no better
 * @param hex the fingerprint in lower-case hexadecimal
 * @param name what it is
 * @param evidence what it rests on
 */
public record Fingerprint(String algorithm, String hex, String name, Evidence evidence) {}
