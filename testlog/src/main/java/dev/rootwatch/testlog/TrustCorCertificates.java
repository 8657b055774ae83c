package dev.rootwatch.testlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Real CA certificates of TrustCor, as they were logged in public: thirteen subordinates, signed by
 * its root keys or by one another, and a certificate of each of the three roots.
 */
public final class TrustCorCertificates {
  private static final List<String> SUBORDINATES =
      List.of(
          "intermediate-TrustCor-Basic-Secure-Site-2048-CA1-2016-02-05-4efaaa10",
          "intermediate-TrustCor-Basic-Secure-Site-CA1-2016-02-04-fe1ecadb",
          "intermediate-TrustCor-DV-SSL-CA-G2-2020-03-05-f0b6b759",
          "intermediate-TrustCor-DV-SSL-CA-G2-RSA-2020-03-05-beb51c8f",
          "intermediate-TrustCor-Enhanced-Secure-Site-CA2-2016-02-05-3830db8e",
          "intermediate-TrustCor-External-PKI-ECA1-2016-02-05-7882d9fa",
          "intermediate-TrustCor-IV-Email-CA-G2-2020-03-05-88af915c",
          "intermediate-TrustCor-IV-Email-CA-G2-RSA-2020-03-05-4d0ff42d",
          "intermediate-TrustCor-OV-Email-CA-G2-2020-03-05-c84e3ce5",
          "intermediate-TrustCor-OV-Email-CA-G2-RSA-2020-03-05-c0293d5b",
          "intermediate-TrustCor-OV-SSL-CA-G2-2020-03-05-4ff577fd",
          "intermediate-TrustCor-OV-SSL-CA-G2-RSA-2020-03-05-83cc50e1",
          "intermediate-TrustCor-RootCert-CA-1-2016-01-14-1c551005");
  private static final List<String> ROOTS =
      List.of(
          "root-TrustCor-ECA-1-2016-02-04-5a885db1",
          "root-TrustCor-RootCert-CA-1-2016-02-04-d40e9c86",
          "root-TrustCor-RootCert-CA-2-2016-02-04-0753e940");

  /** More than the deepest chain there is: subordinate, subordinate, root. */
  private static final int DEEPEST = 4;

  private TrustCorCertificates() {}

  /** The subordinate CA certificates, each with its real chain, in a fixed order. */
  public static List<Submission> subordinates() {
    List<X509CertificateHolder> subordinates =
        SUBORDINATES.stream().map(TrustCorCertificates::read).toList();
    List<X509CertificateHolder> issuers =
        new ArrayList<>(ROOTS.stream().map(TrustCorCertificates::read).toList());
    issuers.addAll(subordinates);
    List<Submission> submissions = new ArrayList<>();
    for (X509CertificateHolder subordinate : subordinates) {
      submissions.add(Submission.certificate(encoded(subordinate), chain(subordinate, issuers)));
    }
    return submissions;
  }

  private static IssuerChain chain(
      X509CertificateHolder certificate, List<X509CertificateHolder> issuers) {
    List<byte[]> chain = new ArrayList<>();
    X509CertificateHolder current = certificate;
    while (!current.getSubject().equals(current.getIssuer()) && chain.size() < DEEPEST) {
      X509CertificateHolder below = current;
      current =
          issuers.stream()
              .filter(issuer -> issuer.getSubject().equals(below.getIssuer()))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no issuer for " + below.getSubject()));
      chain.add(encoded(current));
    }
    return IssuerChain.of(chain);
  }

  private static byte[] encoded(X509CertificateHolder certificate) {
    try {
      return certificate.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509CertificateHolder read(String name) {
    try (InputStream in =
        TrustCorCertificates.class.getResourceAsStream("trustcor/" + name + ".pem")) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: trustcor/" + name + ".pem");
      }
      String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return new X509CertificateHolder(Pem.decode(pem));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
