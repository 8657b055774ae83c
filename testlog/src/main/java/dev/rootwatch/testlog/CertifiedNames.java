package dev.rootwatch.testlog;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Whom a certificate names.
 *
 * @param subject its distinguished name
 * @param alternative the names of the extension
 */
record CertifiedNames(X500Name subject, GeneralNames alternative) {

  /** DNS names; the first is the common name as well, where it is not too long for one. */
  static CertifiedNames of(LeafRequest request) {
    String first = request.names().getFirst();
    // A common name has at most 64 characters (RFC 5280, ub-common-name).
    return new CertifiedNames(
        new X500Name(first.length() > 64 ? "" : "CN=" + first),
        new GeneralNames(
            request.names().stream()
                .map(dns -> new GeneralName(GeneralName.dNSName, dns))
                .toArray(GeneralName[]::new)));
  }
}
