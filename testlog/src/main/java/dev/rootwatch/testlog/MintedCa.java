package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/**
 * A certification authority made up for tests. Keys and serials follow from the seed and the names,
 * signatures repeat: the same calls give the same bytes. Immutable.
 */
public final class MintedCa {
  private final Seed seed;
  private final IssuingKey key;
  private final byte[] certificate;
  private final IssuerChain chain;

  private MintedCa(Seed seed, IssuingKey key, byte[] certificate, List<byte[]> above) {
    this.seed = seed;
    this.key = key;
    this.certificate = certificate;
    this.chain = IssuerChain.of(prepend(certificate, above));
  }

  /**
   * A self-signed root.
   *
   * @param name its distinguished name, such as {@code "C=XX, O=Atlantis, CN=Atlantis Root"}
   */
  public static MintedCa root(Seed seed, String name) {
    return root(seed, name, SigningKey.ecdsa(seed, "ca " + name));
  }

  static MintedCa root(Seed seed, String name, SigningKey key) {
    IssuingKey root = new IssuingKey(seed, new X500Name(name), key);
    return new MintedCa(seed, root, root.certifyCa(root.name(), key.spki()), List.of());
  }

  /** A subordinate CA with its own key. */
  public MintedCa intermediate(String name) {
    return intermediate(name, SigningKey.ecdsa(seed, "ca " + name));
  }

  MintedCa intermediate(String name, SigningKey subjectKey) {
    return intermediate(new X500Name(name), subjectKey);
  }

  MintedCa intermediate(X500Name name, SigningKey subjectKey) {
    IssuingKey subject = new IssuingKey(seed, name, subjectKey);
    byte[] issued = key.certifyCa(subject.name(), subjectKey.spki());
    return new MintedCa(seed, subject, issued, chain.certificates());
  }

  /** A certificate of this CA for the key and name of another one: a cross-certificate. */
  public byte[] crossSign(MintedCa other) {
    return key.certifyCa(other.key.name(), other.key.key().spki());
  }

  /** The CA certificate, DER. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** This CA's certificate and those above it, root last: the chain of what it issues. */
  public IssuerChain chain() {
    return chain;
  }

  /** Who it is: SHA-256 of its DER SubjectPublicKeyInfo. */
  public Hash spkiSha256() {
    return key.key().spkiSha256();
  }

  /** A precertificate, really signed, as a log takes it. */
  public Submission precertificate(LeafRequest request) {
    return precertificate(request, CertifiedNames.of(request));
  }

  Submission precertificate(LeafRequest request, CertifiedNames names) {
    byte[] der = key.issue(request, names, poison(), key);
    return Submission.precertificate(der, CanonicalForm.of(der), spkiSha256(), chain);
  }

  /**
   * A precertificate that a Precertificate Signing Certificate of this CA signed (RFC 6962 section
   * 3.1). The leaf commits to what this CA itself will sign: its own name and key identifier.
   */
  public Submission delegatedPrecertificate(LeafRequest request) {
    X500Name name = new X500Name("CN=Precertificate Signing of " + commonName());
    IssuingKey delegate =
        new IssuingKey(seed, name, SigningKey.ecdsa(seed, "precertificates of " + this));
    byte[] delegateCertificate = key.certifyPrecertificateSigner(name, delegate.key().spki());
    return Submission.precertificate(
        delegate.issue(request, CertifiedNames.of(request), poison(), key),
        CanonicalForm.of(key.issue(request, CertifiedNames.of(request), poison(), key)),
        spkiSha256(),
        IssuerChain.of(prepend(delegateCertificate, chain.certificates())));
  }

  /** The final certificate of the same request, with a list of two SCTs that nobody signed. */
  public Submission certificate(LeafRequest request) {
    return certificate(request, CertifiedNames.of(request));
  }

  Submission certificate(LeafRequest request, CertifiedNames names) {
    byte[] scts = SctList.madeUp(seed, request.label(), request.notBefore());
    Extension list = new Extension(CanonicalForm.SCT_LIST, false, sctOctets(scts));
    return Submission.certificate(key.issue(request, names, list, key), chain);
  }

  /** This CA's own certificate, as a log takes it; not for roots. */
  Submission submission() {
    return Submission.certificate(
        certificate, IssuerChain.of(chain.certificates().subList(1, chain.certificates().size())));
  }

  /** How this CA signs. */
  AlgorithmIdentifier algorithm() {
    return key.key().algorithm();
  }

  X500Name subject() {
    return key.name();
  }

  byte[] keyIdentifier() {
    return key.identifier();
  }

  @Override
  public String toString() {
    return key.words();
  }

  private String commonName() {
    String name = toString();
    return name.substring(name.indexOf("CN=") + 3);
  }

  private static Extension poison() {
    return new Extension(
        CanonicalForm.POISON, true, new DEROctetString(SigningKey.der(DERNull.INSTANCE)));
  }

  /** The list of SCTs is an OCTET STRING inside the extension's own. */
  private static DEROctetString sctOctets(byte[] scts) {
    return new DEROctetString(SigningKey.der(new DEROctetString(scts)));
  }

  private static List<byte[]> prepend(byte[] first, List<byte[]> others) {
    List<byte[]> all = new ArrayList<>();
    all.add(first);
    all.addAll(others);
    return all;
  }
}
