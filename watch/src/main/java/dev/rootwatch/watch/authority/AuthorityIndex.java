package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Authorities by everything that a certificate can name them with: key, certificate, key
 * identifier, name. Flat tables, asked with slices of a window's buffer, no object created by a
 * look-up. Authorities are numbered from 0 in the order in which they were added. Immutable, shared
 * by all threads.
 *
 * <p>Only a key identifies. Names and key identifiers give candidates, which a signature confirms
 * or refutes ({@link IssuerSignature}).
 */
public final class AuthorityIndex {
  /** Of an Ed25519 key: 12 bytes and the 32 of the key. */
  private static final int SHORTEST_SPKI = 44;

  private final List<Authority> authorities;
  private final KeyTable keys;
  private final KeyTable fingerprints;
  private final KeyTable keyBits;
  private final SliceTable keyIds;
  private final SliceTable names;

  private AuthorityIndex(Builder builder) {
    this.authorities = List.copyOf(builder.authorities.values());
    this.keys = KeyTable.of(List.copyOf(builder.authorities.keySet()));
    List<Hash> certificates = List.copyOf(builder.fingerprints.keySet());
    this.fingerprints =
        KeyTable.of(
            certificates,
            builder.fingerprints.values().stream().mapToInt(Integer::intValue).toArray());
    this.keyBits = keyBits();
    this.keyIds = builder.keyIds.build();
    this.names = builder.names.build();
  }

  /** 32 bytes out of each key at hand, which no other key has. */
  private KeyTable keyBits() {
    Map<Hash, Integer> bits = new LinkedHashMap<>();
    for (int number = 0; number < authorities.size(); number++) {
      byte[] spki = authorities.get(number).spki();
      if (spki != null && spki.length >= SHORTEST_SPKI) {
        // What RSA keys end in, the exponent, they have in common.
        int end = spki.length >= 2 * Hash.BYTES ? spki.length - 8 : spki.length;
        bits.putIfAbsent(Hash.copyOf(spki, end - Hash.BYTES), number);
      }
    }
    return KeyTable.of(
        List.copyOf(bits.keySet()), bits.values().stream().mapToInt(Integer::intValue).toArray());
  }

  /**
   * An authority.
   *
   * @param key SHA-256 of its SubjectPublicKeyInfo
   * @param name what people call it
   * @param spki the DER SubjectPublicKeyInfo; null when not at hand
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, read-only
  public record Authority(Hash key, String name, byte @Nullable [] spki) {}

  public Authority authority(int number) {
    return authorities.get(number);
  }

  /** By the SHA-256 of the key; {@link KeyTable#ABSENT} for strangers. */
  public int byKey(byte[] bytes, int offset) {
    return keys.find(bytes, offset);
  }

  /** By the SHA-256 of the key; {@link KeyTable#ABSENT} for strangers. */
  public int byKey(Hash key) {
    return keys.find(key);
  }

  /** By the SHA-256 of a certificate; {@link KeyTable#ABSENT} for strangers. */
  public int byFingerprint(byte[] bytes, int offset) {
    return fingerprints.find(bytes, offset);
  }

  /** By 32 bytes out of the middle of the key itself; {@link KeyTable#ABSENT} for others. */
  public int byKeyBits(byte[] bytes, int offset) {
    return keyBits.find(bytes, offset);
  }

  /** By a key identifier; the array is shared. */
  public int[] byKeyId(byte[] bytes, int offset, int length) {
    return keyIds.find(bytes, offset, length);
  }

  /** By the DER bytes of a name; the array is shared. */
  public int[] byName(byte[] bytes, int offset, int length) {
    return names.find(bytes, offset, length);
  }

  /** How many authorities. */
  public int size() {
    return authorities.size();
  }

  /** Collects authorities and what names them. */
  public static final class Builder {
    private final Map<Hash, Authority> authorities = new LinkedHashMap<>();
    private final Map<Hash, Integer> numbers = new LinkedHashMap<>();
    private final Map<Hash, Integer> fingerprints = new LinkedHashMap<>();
    private final SliceTable.Builder keyIds = new SliceTable.Builder();
    private final SliceTable.Builder names = new SliceTable.Builder();

    /**
     * Adds a key, or completes what is known of it.
     *
     * @param name null when nobody told one
     * @param spki null when not at hand
     * @return its number
     */
    public int add(Hash key, @Nullable String name, byte @Nullable [] spki) {
      int number = numbers.computeIfAbsent(key, _ -> numbers.size());
      Authority known = authorities.get(key);
      String knownName = known == null || known.name().equals(key.toString()) ? null : known.name();
      byte[] knownSpki = known == null ? null : known.spki();
      String bestName = knownName != null ? knownName : name;
      authorities.put(
          key,
          new Authority(
              key,
              bestName == null ? key.toString() : bestName,
              knownSpki != null ? knownSpki : spki));
      return number;
    }

    /** Adds a certificate of the authority with this number. */
    public void certificate(
        int number, Hash sha256, List<byte[]> subjectNames, byte @Nullable [] ski) {
      fingerprints.putIfAbsent(sha256, number);
      subjectNames.forEach(name -> names.add(name, number));
      if (ski != null) {
        keyIds.add(ski, number);
      }
    }

    public AuthorityIndex build() {
      return new AuthorityIndex(this);
    }

    /** The keys added so far, in order. */
    public List<Hash> keys() {
      return new ArrayList<>(authorities.keySet());
    }
  }
}
