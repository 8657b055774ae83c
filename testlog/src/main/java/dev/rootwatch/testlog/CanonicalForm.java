package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.io.IOException;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The canonical TBS of a certificate, made with Bouncy Castle and not with our own scanner: the TBS
 * without the poison and SCT-list extensions, lengths in DER, an empty extensions field left out.
 * It is what a precertificate entry commits to (RFC 6962 section 3.2).
 */
final class CanonicalForm {
  /** The poison of a precertificate, RFC 6962 section 3.1. */
  static final ASN1ObjectIdentifier POISON = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.3");

  /** The list of SCTs in a final certificate, RFC 6962 section 3.3. */
  static final ASN1ObjectIdentifier SCT_LIST = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

  private static final int EXTENSIONS_TAG = 3;
  private static final Set<ASN1ObjectIdentifier> LEFT_OUT = Set.of(POISON, SCT_LIST);

  private CanonicalForm() {}

  /** SHA-256 of the canonical TBS of a DER certificate or precertificate. */
  static Hash sha256(byte[] certificate) {
    return Hash.sha256(of(certificate));
  }

  /** The canonical TBS of a DER certificate or precertificate. */
  static byte[] of(byte[] certificate) {
    try {
      return of(new X509CertificateHolder(certificate).toASN1Structure().getTBSCertificate());
    } catch (IOException e) {
      throw new IllegalArgumentException("not a DER certificate: " + e.getMessage(), e);
    }
  }

  private static byte[] of(TBSCertificate tbs) {
    ASN1EncodableVector fields = new ASN1EncodableVector();
    for (var field : ASN1Sequence.getInstance(tbs.toASN1Primitive())) {
      if (field instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS_TAG) {
        ASN1EncodableVector kept = kept(ASN1Sequence.getInstance(tagged, true));
        if (kept.size() > 0) {
          fields.add(new DERTaggedObject(true, EXTENSIONS_TAG, new DERSequence(kept)));
        }
      } else {
        fields.add(field);
      }
    }
    return SigningKey.der(new DERSequence(fields));
  }

  private static ASN1EncodableVector kept(ASN1Sequence extensions) {
    ASN1EncodableVector kept = new ASN1EncodableVector();
    for (var extension : extensions) {
      if (!LEFT_OUT.contains(Extension.getInstance(extension).getExtnId())) {
        kept.add(extension);
      }
    }
    return kept;
  }
}
