package dev.rootwatch.ct.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;

class CertificateScannerTest {
  private final CertificateScanner scanner = new CertificateScanner();
  private byte[] scanned = new byte[0];

  private void scan(byte[] der) {
    scanned = der;
    assertThat(scanner.scanCertificate(der, 0, der.length)).as(scanner.error()).isTrue();
  }

  private void scan(Minted minted) {
    scan(minted.der());
  }

  private String text(int offset, int length) {
    return new String(scanned, offset, length, US_ASCII);
  }

  private String san(int i) {
    return text(scanner.sanOffset(i), scanner.sanLength(i));
  }

  private byte[] slice(int offset, int length) {
    return Arrays.copyOfRange(scanned, offset, offset + length);
  }

  @Test
  void scanCertificate_everythingThere_everythingFound() {
    Minted minted =
        Minted.certificate()
            .dnsNames("example.com", "www.example.com")
            .extension(Minted.AKI, new AuthorityKeyIdentifier(new byte[] {1, 2, 3}))
            .extension(Minted.SKI, new SubjectKeyIdentifier(new byte[] {4, 5}))
            .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(true))
            .extension(Minted.EKU, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .extension(Minted.SCT_LIST, new DEROctetString(new byte[] {0, 0}))
            .poisoned();
    scan(minted);

    assertThat(scanner.damaged()).isEmpty();
    assertThat(scanner.hasNonMinimalLength()).isFalse();
    assertThat(scanner.hasDuplicateExtension()).isFalse();
    assertThat(slice(scanner.tbsOffset(), scanner.tbsLength())).isEqualTo(minted.tbs());
    assertThat(slice(scanner.serialOffset(), scanner.serialLength()))
        .isEqualTo(BigInteger.valueOf(4711).toByteArray());
    assertThat(slice(scanner.issuerOffset(), scanner.issuerLength()))
        .isEqualTo(Minted.der(minted.issuer));
    assertThat(slice(scanner.subjectOffset(), scanner.subjectLength()))
        .isEqualTo(Minted.der(minted.subject));
    assertThat(slice(scanner.spkiOffset(), scanner.spkiLength()))
        .isEqualTo(Minted.der(minted.spki));
    assertThat(scanner.notBefore()).isEqualTo(Minted.millis("2026-01-02T03:04:05Z"));
    assertThat(scanner.notAfter()).isEqualTo(Minted.millis("2051-01-02T03:04:05Z"));
    assertThat(slice(scanner.akiOffset(), scanner.akiLength())).containsExactly(1, 2, 3);
    assertThat(slice(scanner.skiOffset(), scanner.skiLength())).containsExactly(4, 5);
    assertThat(scanner.isCa()).isTrue();
    assertThat(scanner.hasPoison()).isTrue();
    assertThat(slice(scanner.sctListOffset(), scanner.sctListLength())).containsExactly(4, 2, 0, 0);
    assertThat(slice(scanner.ekuOffset(), scanner.ekuLength()))
        .isEqualTo(Minted.der(new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
    assertThat(scanner.sanCount()).isEqualTo(2);
    assertThat(scanner.sanTag(1)).isEqualTo(CertificateScanner.SAN_DNS);
    assertThat(san(1)).isEqualTo("www.example.com");
    assertThat(scanner.commonNameCount()).isEqualTo(1);
    assertThat(text(scanner.commonNameOffset(0), scanner.commonNameLength(0)))
        .isEqualTo("example.com");
    assertThat(slice(scanner.signatureOffset(), scanner.signatureLength()))
        .containsExactly(1, 2, 3, 4);
    assertThat(slice(scanner.signatureAlgorithmOffset(), 2)[0]).isEqualTo((byte) 0x30);
  }

  @Test
  void scan_afterARichCertificate_nothingOfItIsLeft() {
    scan(
        Minted.certificate()
            .dnsNames("a.example")
            .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(true))
            .poisoned());
    Minted poor = Minted.certificate();
    poor.version = false;
    poor.subject = new DERSequence();
    scan(poor);

    assertThat(scanner.sanCount()).isZero();
    assertThat(scanner.commonNameCount()).isZero();
    assertThat(scanner.isCa()).isFalse();
    assertThat(scanner.hasPoison()).isFalse();
    assertThat(scanner.akiOffset()).isEqualTo(-1);
    assertThat(scanner.skiOffset()).isEqualTo(-1);
    assertThat(scanner.sctListOffset()).isEqualTo(-1);
    assertThat(scanner.ekuOffset()).isEqualTo(-1);
    assertThat(scanner.subjectLength()).isEqualTo(2);
  }

  @Test
  void scanTbs_bare_sameFieldsWithoutSignature() {
    scanned = Minted.certificate().dnsNames("example.com").tbs();

    assertThat(scanner.scanTbs(scanned, 0, scanned.length)).isTrue();
    assertThat(scanner.tbsLength()).isEqualTo(scanned.length);
    assertThat(san(0)).isEqualTo("example.com");
    assertThat(scanner.signatureOffset()).isEqualTo(-1);
    assertThat(scanner.signatureAlgorithmOffset()).isEqualTo(-1);
  }

  @Test
  void scan_oddSerials_foundAsTheyStand() {
    for (BigInteger serial :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.valueOf(-5), BigInteger.ONE.shiftLeft(8 * 300)
        }) {
      Minted minted = Minted.certificate();
      minted.serial = new ASN1Integer(serial);
      scan(minted);
      assertThat(slice(scanner.serialOffset(), scanner.serialLength()))
          .isEqualTo(serial.toByteArray());
    }
  }

  @Test
  void scan_severalCommonNamesOfAnyStringType_allListed() {
    Minted minted = Minted.certificate();
    minted.subject =
        new X500Name(
            new RDN[] {
              new RDN(BCStyle.CN, new DERT61String("t61")),
              new RDN(
                  new AttributeTypeAndValue[] {
                    new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("o")),
                    new AttributeTypeAndValue(BCStyle.CN, new DERBMPString("bmp"))
                  })
            });
    scan(minted);

    assertThat(scanner.commonNameCount()).isEqualTo(2);
    assertThat(scanner.commonNameTag(0)).isEqualTo(20);
    int second = scanner.commonNameTag(0) == 20 ? 1 : 0;
    assertThat(scanner.commonNameTag(second)).isEqualTo(30);
    assertThat(
            DerString.decode(
                scanned, 30, scanner.commonNameOffset(second), scanner.commonNameLength(second)))
        .contains("bmp");
  }

  @Test
  void scan_uniqueIds_steppedOver() {
    Minted minted = Minted.certificate().dnsNames("example.com");
    minted.uniqueIds.add(new DERTaggedObject(false, 1, new DERBitString(new byte[] {1})));
    minted.uniqueIds.add(new DERTaggedObject(false, 2, new DERBitString(new byte[] {2})));
    scan(minted);

    assertThat(scanner.damaged()).isEmpty();
    assertThat(san(0)).isEqualTo("example.com");
  }

  @Test
  void scan_namesOfEveryKind_tagAndContent() {
    scan(
        Minted.certificate()
            .extension(
                Minted.SAN,
                new GeneralNames(
                    new GeneralName[] {
                      new GeneralName(GeneralName.rfc822Name, "a@b.example"),
                      new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                      new GeneralName(new X500Name("CN=directory"))
                    })));

    assertThat(scanner.sanTag(0)).isEqualTo(CertificateScanner.SAN_EMAIL);
    assertThat(scanner.sanTag(1)).isEqualTo(CertificateScanner.SAN_IP);
    assertThat(slice(scanner.sanOffset(1), scanner.sanLength(1))).containsExactly(192, 0, 2, 1);
    assertThat(scanner.sanTag(2)).isEqualTo(4);
    assertThat(slice(scanner.sanOffset(2), scanner.sanLength(2)))
        .isEqualTo(Minted.der(new X500Name("CN=directory")));
  }

  @Test
  void scan_lengthsLongerThanNeeded_readAndNoted() {
    Minted minted = Minted.certificate().dnsNames("example.com");
    byte[] tbs = minted.tbs();
    int contentAt = Der.start(Der.header(tbs, 0, tbs.length));
    byte[] content = Arrays.copyOfRange(tbs, contentAt, tbs.length);
    byte[] ber = Minted.wrap(0x30, Minted.wrapLong(0x30, content), new byte[] {0x30, 0});
    scan(ber);

    assertThat(scanner.hasNonMinimalLength()).isTrue();
    assertThat(san(0)).isEqualTo("example.com");
    assertThat(scanner.damaged()).as("there is no signature").isNotEmpty();
  }

  @Test
  void scan_extensionTwice_namesOfAllAreListedAndItIsTold() {
    scan(Minted.certificate().dnsNames("first.example").dnsNames("second.example"));
    assertThat(scanner.hasDuplicateExtension()).isTrue();
    assertThat(scanner.sanCount()).isEqualTo(2);
    assertThat(san(0)).isEqualTo("first.example");
    assertThat(san(1)).isEqualTo("second.example");

    scan(
        Minted.certificate()
            .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(false))
            .extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(true)));
    assertThat(scanner.hasDuplicateExtension()).isTrue();
    assertThat(scanner.isCa()).isTrue();

    scan(
        Minted.certificate()
            .extension(Minted.SKI, new DEROctetString(new byte[] {1}))
            .extension(Minted.SKI, new DEROctetString(new byte[] {2, 2})));
    assertThat(scanner.hasDuplicateExtension()).isTrue();
    assertThat(scanner.skiLength()).isEqualTo(1);

    scan(Minted.certificate().poisoned().poisoned());
    assertThat(scanner.hasDuplicateExtension()).isTrue();
    assertThat(scanner.hasPoison()).isTrue();
  }

  @Test
  void scan_idCeArcsThatShareABit_noDuplicates() {
    scan(
        Minted.certificate()
            .dnsNames("example.com")
            .rawExtension("2.5.29.81", new byte[0])
            .rawExtension("2.5.29.64", new byte[0]));

    assertThat(scanner.hasDuplicateExtension()).isFalse();
  }

  @Test
  void scan_brokenExtensionBodies_fieldsAbsentRestRead() {
    byte[] junk = {0x30, 0x7f, 1};
    for (String broken :
        new String[] {Minted.SAN, Minted.AKI, Minted.SKI, Minted.BASIC_CONSTRAINTS}) {
      Minted minted = Minted.certificate().rawExtension(broken, junk).poisoned();
      scan(minted);

      assertThat(scanner.damaged()).isNotEmpty();
      assertThat(slice(scanner.damagedOffset(), 3)).as(broken).isEqualTo(junk);
      assertThat(scanner.hasPoison()).as("what stands behind is read").isTrue();
    }
  }

  @Test
  void scan_sanBrokenInTheMiddle_namesBeforeItAreListed() {
    byte[] good = Minted.der(new GeneralName(GeneralName.dNSName, "good.example"));
    byte[] bad = {(byte) 0x82, 0x20, 'x'};
    scan(Minted.certificate().rawExtension(Minted.SAN, Minted.wrap(0x30, good, bad)));

    assertThat(scanner.sanCount()).isEqualTo(1);
    assertThat(san(0)).isEqualTo("good.example");
    assertThat(scanner.damaged()).isEqualTo("a subject alternative name does not fit");
  }

  @Test
  void scan_poisonWithoutValue_poisonedAllTheSame() {
    Minted minted = Minted.certificate();
    minted.extensions.add(Minted.sequence(new ASN1ObjectIdentifier(Minted.POISON)));
    scan(minted);

    assertThat(scanner.hasPoison()).isTrue();
    assertThat(scanner.damaged()).isNotEmpty();
  }

  @Test
  void scan_criticalFlag_steppedOver() {
    Minted minted = Minted.certificate();
    minted.extensions.add(
        Minted.sequence(
            new ASN1ObjectIdentifier(Minted.BASIC_CONSTRAINTS),
            org.bouncycastle.asn1.ASN1Boolean.TRUE,
            new DEROctetString(Minted.der(new BasicConstraints(3)))));
    scan(minted);

    assertThat(scanner.isCa()).isTrue();
  }

  @Test
  void scan_extensionsAreJunk_scannableAndTold() {
    Minted minted = Minted.certificate();
    minted.behind.add(new DERTaggedObject(true, 3, new DEROctetString(new byte[] {1})));
    scan(minted);

    assertThat(scanner.damaged()).isEqualTo("extensions are no SEQUENCE that fits");
    assertThat(scanner.spkiOffset()).isPositive();
  }

  @Test
  void scan_timeThatIsNone_absentAndTold() {
    Minted minted = Minted.certificate();
    minted.notBefore = new DERUTF8String("yesterday");
    scan(minted);

    assertThat(scanner.notBefore()).isEqualTo(CertificateScanner.NO_TIME);
    assertThat(scanner.notAfter()).isNotEqualTo(CertificateScanner.NO_TIME);
    assertThat(scanner.damaged()).isEqualTo("notBefore is no time");
  }

  @Test
  void scan_moreNamesThanFit_truncatedIsTold() {
    byte[] name = Minted.der(new GeneralName(GeneralName.dNSName, "x.example"));
    byte[][] names = new byte[CertificateScanner.MAX_NAMES + 1][];
    Arrays.fill(names, name);
    scan(Minted.certificate().rawExtension(Minted.SAN, Minted.wrap(0x30, names)));
    assertThat(scanner.truncated()).isTrue();
    assertThat(scanner.sanCount()).isEqualTo(CertificateScanner.MAX_NAMES);

    scan(
        Minted.certificate()
            .dnsNames(
                IntStream.range(0, 2000).mapToObj(i -> i + ".example").toArray(String[]::new)));
    assertThat(scanner.truncated()).isFalse();
    assertThat(scanner.sanCount()).isEqualTo(2000);
    assertThat(san(1999)).isEqualTo("1999.example");
  }

  @Test
  void scan_deepNesting_noDeeperStack() {
    byte[] nested = new byte[0];
    for (int depth = 0; depth < 3000; depth++) {
      nested = Minted.wrap(0x30, nested);
    }
    scan(Minted.certificate().rawExtension("1.2.3.4", nested).rawExtension(Minted.SAN, nested));

    assertThat(scanner.sanCount()).isZero();
  }

  @Test
  void scan_bytesAfterTheCertificate_told() {
    byte[] der = Minted.certificate().der();
    scan(Arrays.copyOf(der, der.length + 2));

    assertThat(scanner.damaged()).isEqualTo("bytes after the Certificate");
    assertThat(scanner.damagedOffset()).isEqualTo(der.length);
  }

  @Test
  void scan_withoutSignature_told() {
    scan(Minted.wrap(0x30, Minted.certificate().tbs()));

    assertThat(scanner.damaged()).startsWith("no signatureAlgorithm");
    assertThat(scanner.signatureOffset()).isEqualTo(-1);
  }

  @Test
  void scan_frameLost_saysWhereAndKeepsWhatItFound() {
    Minted minted = Minted.certificate();
    minted.spki = new ASN1UTCTime("260102030405Z");
    byte[] der = minted.der();

    assertThat(scanner.scanCertificate(der, 0, der.length)).isFalse();
    assertThat(scanner.error()).startsWith("no subjectPublicKeyInfo");
    assertThat(scanner.errorOffset()).isEqualTo(scanner.subjectOffset() + scanner.subjectLength());
    assertThat(scanner.issuerLength()).isEqualTo(Minted.der(minted.issuer).length);
    assertThat(scanner.commonNameCount()).isEqualTo(1);
  }

  @Test
  void scan_sliceOutsideTheArray_refused() {
    assertThatThrownBy(() -> scanner.scanTbs(new byte[10], 5, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> scanner.scanTbs(new byte[10], Integer.MAX_VALUE, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void scan_again_allocatesNothing() {
    byte[] good =
        Minted.certificate().dnsNames("a.example", "b.example").poisoned().poisoned().der();
    byte[] bad = Arrays.copyOf(good, good.length / 2);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int scans = 20_000;
    for (int i = 0; i < scans; i++) {
      scanner.scanCertificate(good, 0, good.length);
      scanner.scanCertificate(bad, 0, bad.length);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < scans; i++) {
      scanner.scanCertificate(good, 0, good.length);
      scanner.scanCertificate(bad, 0, bad.length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).as("bytes in %d scans", 2 * scans).isLessThan(scans);
  }
}
