package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who answers for a CA key: about 8,900 keys of roots and subordinates with their owner's label and
 * the root keys that they reach. Contains data from the Common CA Database (see NOTICE). Immutable.
 *
 * <p>Labels are stable words for metrics and rules; {@link #OTHER} stands for small owners, {@link
 * #UNKNOWN} for keys without one.
 */
public final class OwnerTable {
  /** Label of owners with one key and no root program. */
  public static final String OTHER = "other";

  /** Label of a key that nobody knows. */
  public static final String UNKNOWN = "unknown";

  private static final String AUTHORITIES = "/dev/rootwatch/watch/authority/authorities.tsv";
  private static final String CERTIFICATES = "/dev/rootwatch/watch/authority/certificates.tsv";

  private static final int[] NONE = {};

  private final KeyTable keys;
  private final List<Hash> hashes;
  private final String[] labels;
  private final int[][] roots;
  private final boolean[] included;

  private OwnerTable(List<Hash> hashes, String[] labels, int[][] roots, boolean[] included) {
    this.hashes = List.copyOf(hashes);
    this.keys = KeyTable.of(hashes);
    this.labels = labels;
    this.roots = roots;
    this.included = included;
  }

  /** The table that is part of this release. */
  public static OwnerTable bundled() {
    try (BufferedReader lines = open(AUTHORITIES)) {
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The key of a CA certificate, where the certificate is known. Reads the list of fingerprints
   * each time: for configuration, not for entries.
   */
  public Optional<Hash> keyOfCertificate(Hash sha256) {
    if (keys.size() == 0) {
      return Optional.empty();
    }
    String prefix = sha256 + "\t";
    try (BufferedReader lines = open(CERTIFICATES)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(prefix)) {
          return Optional.of(hashes.get(Integer.parseInt(line.substring(prefix.length()))));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader open(String resource) {
    InputStream in = OwnerTable.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("missing from this build: " + resource);
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
  }

  /** Knows no key. */
  public static OwnerTable empty() {
    return new OwnerTable(List.of(), new String[0], new int[0][], new boolean[0]);
  }

  /**
   * One key a line: SHA-256 of the SPKI in hex, label, {@code r} for a root that some program
   * includes (else {@code -}), line numbers from 0 of the root keys that it reaches, separated by
   * commas (or {@code -}); tabs between. Lines with # are comments and not counted.
   */
  static OwnerTable read(BufferedReader lines) throws IOException {
    List<Hash> hashes = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<int[]> roots = new ArrayList<>();
    List<Boolean> included = new ArrayList<>();
    Map<String, String> interned = new HashMap<>();
    HexFormat hex = HexFormat.of();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      int first = line.indexOf('\t');
      int second = line.indexOf('\t', first + 1);
      int third = line.indexOf('\t', second + 1);
      hashes.add(Hash.of(hex.parseHex(line, 0, first)));
      labels.add(interned.computeIfAbsent(line.substring(first + 1, second), label -> label));
      included.add(line.charAt(second + 1) == 'r');
      roots.add(numbers(line, third + 1));
    }
    boolean[] flags = new boolean[included.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = included.get(i);
    }
    return new OwnerTable(
        hashes, labels.toArray(new String[0]), roots.toArray(new int[0][]), flags);
  }

  /** Comma-separated numbers from {@code from} to the end of the line; {@code -} means none. */
  private static int[] numbers(String line, int from) {
    if (line.charAt(from) == '-') {
      return NONE;
    }
    int[] numbers = new int[line.length() - from];
    int count = 0;
    int start = from;
    while (start < line.length()) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      numbers[count++] = Integer.parseInt(line, start, end, 10);
      start = end + 1;
    }
    return Arrays.copyOf(numbers, count);
  }

  /** The number of a key for the other methods, or {@link KeyTable#ABSENT}. No object created. */
  public int find(byte[] bytes, int offset) {
    return keys.find(bytes, offset);
  }

  /** The owner's label of the 32 bytes from {@code offset}; {@link #UNKNOWN} for strangers. */
  public String label(byte[] bytes, int offset) {
    int number = keys.find(bytes, offset);
    return number == KeyTable.ABSENT ? UNKNOWN : labels[number];
  }

  /** The owner's label of a key; empty when nobody knows it. */
  public Optional<String> label(Hash spkiSha256) {
    int number = keys.find(spkiSha256);
    return number == KeyTable.ABSENT || labels[number].equals(UNKNOWN)
        ? Optional.empty()
        : Optional.of(labels[number]);
  }

  /** Whether some program includes this key as a root. */
  public boolean isIncludedRoot(Hash spkiSha256) {
    int number = keys.find(spkiSha256);
    return number != KeyTable.ABSENT && included[number];
  }

  /**
   * The root keys that a key reaches over verified signatures, whatever their validity, itself
   * where it is one; empty when nobody knows the key.
   */
  public Optional<List<Hash>> rootsOf(Hash spkiSha256) {
    int number = keys.find(spkiSha256);
    return number == KeyTable.ABSENT
        ? Optional.empty()
        : Optional.of(Arrays.stream(roots[number]).mapToObj(hashes::get).toList());
  }

  /** Every key with this label. */
  public List<Hash> keysOf(String label) {
    List<Hash> found = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i].equals(label)) {
        found.add(hashes.get(i));
      }
    }
    return found;
  }

  /** Every label in use, sorted. */
  public Set<String> labels() {
    return new TreeSet<>(List.of(labels));
  }

  /** How many keys. */
  public int size() {
    return keys.size();
  }

  /**
   * The keys whose every known root is one of {@code watched}: what stands below these roots and
   * nowhere else. A key that also reaches another root, as subordinates of cross-signed CAs do, is
   * left out.
   */
  public List<Hash> below(Set<Hash> watched) {
    boolean[] isWatched = new boolean[labels.length];
    for (Hash root : watched) {
      int number = keys.find(root);
      if (number != KeyTable.ABSENT) {
        isWatched[number] = true;
      }
    }
    List<Hash> found = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (!isWatched[i]
          && roots[i].length > 0
          && Arrays.stream(roots[i]).allMatch(root -> isWatched[root])) {
        found.add(hashes.get(i));
      }
    }
    return found;
  }
}
