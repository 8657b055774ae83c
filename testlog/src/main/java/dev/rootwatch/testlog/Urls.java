package dev.rootwatch.testlog;

import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The extensions that hold addresses, RFC 5280 sections 4.2.1.13 and 4.2.2.1. */
final class Urls {
  private Urls() {}

  /** Where the issuer's certificate would be. */
  static AuthorityInformationAccess issuer(String certificate) {
    return new AuthorityInformationAccess(
        new AccessDescription[] {
          new AccessDescription(AccessDescription.id_ad_caIssuers, uri(certificate))
        });
  }

  /** Where the issuer's responder and certificate would be. */
  static AuthorityInformationAccess responderAndIssuer(String ocsp, String certificate) {
    return new AuthorityInformationAccess(
        new AccessDescription[] {
          new AccessDescription(AccessDescription.id_ad_ocsp, uri(ocsp)),
          new AccessDescription(AccessDescription.id_ad_caIssuers, uri(certificate))
        });
  }

  /** Where the list of revoked certificates would be. */
  static CRLDistPoint crl(String list) {
    return new CRLDistPoint(
        new DistributionPoint[] {
          new DistributionPoint(
              new DistributionPointName(
                  DistributionPointName.FULL_NAME, new GeneralNames(uri(list))),
              null,
              null)
        });
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(uri));
  }
}
