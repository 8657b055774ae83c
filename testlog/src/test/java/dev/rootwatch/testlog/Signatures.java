package dev.rootwatch.testlog;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Certificates as the JDK sees them. */
final class Signatures {
  private Signatures() {}

  static boolean verifies(byte[] certificate, byte[] issuer) {
    try {
      parse(certificate).verify(parse(issuer).getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static Hash spkiSha256(byte[] certificate) {
    try {
      return Hash.sha256(parse(certificate).getPublicKey().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
