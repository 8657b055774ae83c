package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.DistinguishedName;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one family of a catalog file. Facts that stand beside a certificate at hand are checked
 * against its bytes; a key that only a certificate names is added by itself.
 */
final class FamilyReader {
  private final String file;
  private final Catalog.FileReader files;
  private final IssuerSignature signatures = new IssuerSignature();
  private final Map<Hash, CaCertificate> atHand = new LinkedHashMap<>();

  FamilyReader(String file, Catalog.FileReader files) {
    this.file = file;
    this.files = files;
  }

  Family read(CatalogNode node) throws CatalogException {
    Map<String, CatalogNode> fields =
        node.fields(
            "id",
            "owner",
            "category",
            "summary",
            "keys",
            "exempt",
            "pemFiles",
            "exemptPemFiles",
            "certificates",
            "crossSigned",
            "fingerprints",
            "events");
    CatalogNode id = node.required(fields, "id");
    if (!id.text().matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw id.wrong("must be a short word of lower-case letters, digits and '-'");
    }
    readPemFiles(fields.get("exemptPemFiles"));
    List<CatalogCertificate> exemptCertificates = certificates(null);
    atHand.clear();
    readPemFiles(fields.get("pemFiles"));
    List<CatalogCertificate> certificates = certificates(fields.get("certificates"));
    List<CatalogKey> keys = keys(fields.get("keys"), certificates);
    if (keys.isEmpty()) {
      throw node.wrong("needs 'keys' or 'certificates': without them nothing can match");
    }
    List<CatalogKey> exempt = exempt(fields.get("exempt"), exemptCertificates);
    List<CatalogCertificate> all = new ArrayList<>(certificates);
    all.addAll(exemptCertificates);
    List<CatalogCertificate> crossSigned = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(fields.get("crossSigned"))) {
      crossSigned.add(certificate(item));
    }
    return new Family(
        id.text(),
        node.required(fields, "owner").text(),
        node.required(fields, "category").word(Category.values(), Category::word),
        CatalogNode.textOr(fields.get("summary"), ""),
        keys,
        certificates,
        new EventReader(file, keys, exempt, all).read(fields.get("events")),
        exempt,
        withSigners(exemptCertificates, certificates),
        crossSigned,
        fingerprints(fields.get("fingerprints")));
  }

  private void readPemFiles(@Nullable CatalogNode node) throws CatalogException {
    for (CatalogNode pemFile : CatalogNode.items(node)) {
      for (CaCertificate certificate : pem(pemFile, bytesOf(pemFile))) {
        atHand.put(certificate.sha256(), certificate);
      }
    }
  }

  // --- certificates

  private List<CatalogCertificate> certificates(@Nullable CatalogNode node)
      throws CatalogException {
    List<CatalogCertificate> listed = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      listed.add(certificate(item));
    }
    Set<Hash> seen = new HashSet<>();
    listed.forEach(certificate -> seen.add(certificate.sha256()));
    for (CaCertificate certificate : atHand.values()) {
      if (seen.add(certificate.sha256())) {
        listed.add(ofBytes(certificate, null));
      }
    }
    return withVerifiedIssuers(listed);
  }

  private CatalogCertificate certificate(CatalogNode item) throws CatalogException {
    Map<String, CatalogNode> fields =
        item.fields(
            "sha256",
            "spkiSha256",
            "issuerSpkiSha256",
            "subject",
            "ski",
            "notBefore",
            "notAfter",
            "pem",
            "pemFile");
    CaCertificate bytes = bytes(item, fields);
    CatalogNode issuer = fields.get("issuerSpkiSha256");
    if (bytes != null) {
      same(fields.get("sha256"), bytes.sha256());
      same(fields.get("spkiSha256"), bytes.spkiSha256());
      return ofBytes(bytes, issuer == null ? null : issuer.hash());
    }
    CatalogNode ski = fields.get("ski");
    String subject = item.required(fields, "subject").text();
    List<byte[]> names = DistinguishedName.encodings(subject);
    if (names.isEmpty()) {
      throw item.required(fields, "subject").wrong("must be an RFC 4514 name: " + subject);
    }
    return new CatalogCertificate(
        item.required(fields, "sha256").hash(),
        item.required(fields, "spkiSha256").hash(),
        issuer == null ? null : issuer.hash(),
        subject,
        names,
        ski == null ? null : ski.hex(),
        item.required(fields, "notBefore").instant(),
        item.required(fields, "notAfter").instant(),
        null);
  }

  private @Nullable CaCertificate bytes(CatalogNode item, Map<String, CatalogNode> fields)
      throws CatalogException {
    CatalogNode inline = fields.get("pem");
    CatalogNode named = fields.get("pemFile");
    if (inline != null && named != null) {
      throw item.wrong("has both 'pem' and 'pemFile': one of them is enough");
    }
    CatalogNode source = inline != null ? inline : named;
    if (source == null) {
      CatalogNode sha256 = item.required(fields, "sha256");
      return atHand.get(sha256.hash());
    }
    List<CaCertificate> found =
        pem(
            source,
            inline != null ? inline.text().getBytes(StandardCharsets.UTF_8) : bytesOf(source));
    if (found.size() != 1) {
      throw source.wrong(
          "must hold one certificate, not " + found.size() + "; 'pemFiles' takes bundles");
    }
    atHand.put(found.getFirst().sha256(), found.getFirst());
    return found.getFirst();
  }

  private byte[] bytesOf(CatalogNode pemFile) throws CatalogException {
    try {
      return files.read(pemFile.text());
    } catch (IOException e) {
      throw pemFile.wrong("cannot be read: " + e.getMessage());
    }
  }

  private static List<CaCertificate> pem(CatalogNode source, byte[] text) throws CatalogException {
    List<CaCertificate> found = new ArrayList<>();
    for (Pem.Block block : Pem.certificates(text)) {
      byte[] der = block.der();
      Optional<CaCertificate> certificate = der == null ? Optional.empty() : CaCertificate.of(der);
      if (certificate.isEmpty()) {
        throw source.wrong("certificate " + (found.size() + 1) + " cannot be read");
      }
      found.add(certificate.get());
    }
    if (found.isEmpty()) {
      throw source.wrong("holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
    }
    return found;
  }

  private static void same(@Nullable CatalogNode stated, Hash computed) throws CatalogException {
    if (stated != null && !stated.hash().equals(computed)) {
      throw stated.wrong("the certificate's bytes give " + computed + ", not " + stated.hash());
    }
  }

  private static CatalogCertificate ofBytes(CaCertificate bytes, @Nullable Hash issuer) {
    return new CatalogCertificate(
        bytes.sha256(),
        bytes.spkiSha256(),
        issuer,
        bytes.subject(),
        bytes.subjectNames(),
        bytes.ski(),
        bytes.notBefore(),
        bytes.notAfter(),
        bytes.der());
  }

  /** Looks among the certificates at hand for the key that signed each; only a signature counts. */
  private List<CatalogCertificate> withVerifiedIssuers(List<CatalogCertificate> listed) {
    List<CatalogCertificate> linked = new ArrayList<>();
    for (CatalogCertificate certificate : listed) {
      byte[] der = certificate.der();
      if (certificate.issuerSpkiSha256() != null || der == null) {
        linked.add(certificate);
        continue;
      }
      Hash signer = null;
      for (CaCertificate candidate : atHand.values()) {
        if (signatures.check(der, candidate.spki()) == IssuerSignature.Result.VALID) {
          signer = candidate.spkiSha256();
          break;
        }
      }
      linked.add(certificate.signedBy(signer));
    }
    return linked;
  }

  // --- keys

  private List<CatalogKey> keys(@Nullable CatalogNode node, List<CatalogCertificate> certificates)
      throws CatalogException {
    Map<Hash, CatalogKey> keys = new LinkedHashMap<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      Map<String, CatalogNode> fields =
          item.fields("spkiSha256", "name", "role", "anchor", "anchors", "evidence");
      Hash hash = item.required(fields, "spkiSha256").hash();
      CatalogNode role = fields.get("role");
      boolean root = role == null || role.word(Role.values(), Role::word) == Role.ROOT;
      CatalogNode quoted = fields.get("evidence");
      byte[] spki = spki(hash);
      CatalogKey key =
          new CatalogKey(
              hash,
              CatalogNode.textOr(fields.get("name"), nameOf(hash, certificates)),
              root,
              anchors(fields, hash, certificates),
              spki,
              quoted == null
                  ? (spki == null ? Evidence.TABLE : Evidence.BYTES)
                  : quoted.word(Evidence.values(), Evidence::word));
      if (keys.put(hash, key) != null) {
        throw item.wrong("the key " + hash + " stands here twice");
      }
    }
    Set<Hash> known = new HashSet<>(keys.keySet());
    certificates.forEach(certificate -> known.add(certificate.spkiSha256()));
    for (CatalogCertificate certificate : certificates) {
      Hash hash = certificate.spkiSha256();
      if (!keys.containsKey(hash)) {
        // Whatever no other key of the family signed stands at its top.
        boolean root =
            certificates.stream()
                .filter(other -> other.spkiSha256().equals(hash))
                .noneMatch(
                    other -> !other.selfSigned() && isOneOf(other.issuerSpkiSha256(), known));
        keys.put(
            hash,
            new CatalogKey(
                hash,
                nameOf(hash, certificates),
                root,
                root ? newestSelfSigned(hash, certificates) : List.of(),
                spki(hash),
                spki(hash) == null ? Evidence.TABLE : Evidence.BYTES));
      }
    }
    return List.copyOf(keys.values());
  }

  private static boolean isOneOf(@Nullable Hash issuer, Set<Hash> known) {
    return issuer != null && known.contains(issuer);
  }

  private static String nameOf(Hash key, List<CatalogCertificate> certificates) {
    return certificates.stream()
        .filter(certificate -> certificate.spkiSha256().equals(key))
        .map(certificate -> CaCertificate.shortName(certificate.subject()))
        .findFirst()
        .orElse(key.toString());
  }

  private static List<Hash> anchors(
      Map<String, CatalogNode> fields, Hash key, List<CatalogCertificate> certificates)
      throws CatalogException {
    CatalogNode one = fields.get("anchor");
    if (one != null) {
      return List.of(one.hash());
    }
    List<Hash> anchors = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(fields.get("anchors"))) {
      anchors.add(item.hash());
    }
    return anchors.isEmpty() ? newestSelfSigned(key, certificates) : anchors;
  }

  private static List<Hash> newestSelfSigned(Hash key, List<CatalogCertificate> certificates) {
    return certificates.stream()
        .filter(certificate -> certificate.spkiSha256().equals(key) && certificate.selfSigned())
        .max(java.util.Comparator.comparing(CatalogCertificate::notBefore))
        .map(certificate -> List.of(certificate.sha256()))
        .orElse(List.of());
  }

  private byte @Nullable [] spki(Hash key) {
    for (CaCertificate certificate : atHand.values()) {
      if (certificate.spkiSha256().equals(key)) {
        return certificate.spki();
      }
    }
    return null;
  }

  private static List<CatalogKey> exempt(
      @Nullable CatalogNode node, List<CatalogCertificate> certificates) throws CatalogException {
    List<CatalogKey> exempt = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      Map<String, CatalogNode> fields = item.fields("spkiSha256", "name");
      Hash hash = item.required(fields, "spkiSha256").hash();
      boolean shown = certificates.stream().anyMatch(c -> c.spkiSha256().equals(hash));
      exempt.add(
          new CatalogKey(
              hash,
              CatalogNode.textOr(fields.get("name"), nameOf(hash, certificates)),
              false,
              List.of(),
              null,
              shown ? Evidence.BYTES : Evidence.TABLE));
    }
    return exempt;
  }

  /** Looks among the family's own certificates for who signed those of the exempt keys. */
  private List<CatalogCertificate> withSigners(
      List<CatalogCertificate> exempt, List<CatalogCertificate> signers) {
    List<CatalogCertificate> linked = new ArrayList<>();
    for (CatalogCertificate certificate : exempt) {
      byte[] der = certificate.der();
      Hash signer = certificate.issuerSpkiSha256();
      for (CatalogCertificate candidate : signers) {
        byte[] key = spki(candidate.spkiSha256());
        if (signer == null
            && der != null
            && key != null
            && signatures.check(der, key) == IssuerSignature.Result.VALID) {
          signer = candidate.spkiSha256();
        }
      }
      linked.add(certificate.signedBy(signer));
    }
    return linked;
  }

  private static List<Fingerprint> fingerprints(@Nullable CatalogNode node)
      throws CatalogException {
    List<Fingerprint> fingerprints = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      Map<String, CatalogNode> fields = item.fields("sha256", "sha1", "evidence", "name");
      CatalogNode sha1 = fields.get("sha1");
      CatalogNode evidence = fields.get("evidence");
      fingerprints.add(
          new Fingerprint(
              sha1 == null ? "sha256" : "sha1",
              sha1 == null
                  ? item.required(fields, "sha256").hash().toString()
                  : HexFormat.of().formatHex(sha1.hex()),
              item.required(fields, "name").text(),
              evidence == null
                  ? Evidence.QUOTED
                  : evidence.word(Evidence.values(), Evidence::word)));
    }
    return fingerprints;
  }

  private enum Role {
    ROOT,
    SUBORDINATE;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
