package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.watch.authority.Pem;
import dev.rootwatch.watch.distrust.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Certificates that the operator knows, of which a rule need not tell. A CA certificate is known by
 * its own hash only: whoever knows a key does not know every certificate over it that can sign
 * others.
 */
final class KnownCertificates {
  /** None. */
  static final KnownCertificates NONE = new KnownCertificates(Set.of(), Set.of());

  private static final String FORMS =
      "write cert:SHA256 (of the certificate, or the tbsSha256 of its alert), key:SPKI_SHA256 or"
          + " file:PATH";

  /** SHA-256 of certificates and of canonical TBSCertificates. */
  private final Set<Hash> certificates;

  /** SHA-256 of the certificates' own keys. */
  private final Set<Hash> keys;

  private KnownCertificates(Set<Hash> certificates, Set<Hash> keys) {
    this.certificates = Set.copyOf(certificates);
    this.keys = Set.copyOf(keys);
  }

  /**
   * Whether the certificate is known.
   *
   * @param key SHA-256 of the certificate's own key
   */
  boolean cover(CertificateFacts facts, Hash key) {
    return certificates.contains(facts.sha256())
        || certificates.contains(facts.tbsSha256())
        || (!facts.isCa() && keys.contains(key));
  }

  boolean isEmpty() {
    return certificates.isEmpty() && keys.isEmpty();
  }

  /** Both together. */
  KnownCertificates and(KnownCertificates others) {
    Set<Hash> bothCertificates = new HashSet<>(certificates);
    bothCertificates.addAll(others.certificates);
    Set<Hash> bothKeys = new HashSet<>(keys);
    bothKeys.addAll(others.keys);
    return new KnownCertificates(bothCertificates, bothKeys);
  }

  /** Reads what the operator wrote; {@link IllegalArgumentException} says what is wrong. */
  static KnownCertificates parse(String text, Catalog.FileReader files) {
    String file = "file:";
    return text.startsWith(file) ? ofFile(text.substring(file.length()), files) : ofHash(text);
  }

  private static KnownCertificates ofHash(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "cert" : text.substring(0, colon);
    Hash hash;
    try {
      hash = Hash.ofHex(text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' names no certificate; " + FORMS, e);
    }
    return switch (kind) {
      case "cert" -> new KnownCertificates(Set.of(hash), Set.of());
      case "key" -> new KnownCertificates(Set.of(), Set.of(hash));
      default ->
          throw new IllegalArgumentException("'" + text + "' names no certificate; " + FORMS);
    };
  }

  private static KnownCertificates ofFile(String name, Catalog.FileReader files) {
    byte[] content;
    try {
      content = files.read(name);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "names the file " + name + ", which cannot be read: create it or mend the path", e);
    }
    return Pem.isPem(content) ? ofPem(name, content) : ofLines(name, content);
  }

  private static KnownCertificates ofPem(String name, byte[] content) {
    Set<Hash> hashes = new HashSet<>();
    for (Pem.Block block : Pem.certificates(content)) {
      byte[] der = block.der();
      if (der == null || ScannedCertificate.ofCertificate(der).isEmpty()) {
        throw new IllegalArgumentException(
            "names "
                + name
                + ", in which the certificate at byte "
                + block.offset()
                + " is damaged: mend the file");
      }
      hashes.add(Hash.sha256(der));
      CanonicalTbs.hashOfCertificate(der, 0, der.length).ifPresent(hashes::add);
    }
    return new KnownCertificates(hashes, Set.of());
  }

  private static KnownCertificates ofLines(String name, byte[] content) {
    Set<Hash> certificates = new HashSet<>();
    Set<Hash> keys = new HashSet<>();
    int number = 0;
    for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      try {
        KnownCertificates one = ofHash(text);
        certificates.addAll(one.certificates);
        keys.addAll(one.keys);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "names "
                + name
                + ", whose line "
                + number
                + " is no hash: a line is cert:SHA256, key:SPKI_SHA256, or begins with #",
            e);
      }
    }
    return new KnownCertificates(certificates, keys);
  }
}
