package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Whatever a stranger sends: a value, never an exception, and nothing outside of its bounds. */
class ScannerPropertiesTest {
  private static final List<ASN1Encodable> TIMES =
      List.of(
          new ASN1UTCTime("500101000000Z"),
          new ASN1UTCTime("490101000000Z"),
          new ASN1UTCTime("2601020304Z"),
          new ASN1UTCTime("260102030405+0200"),
          new ASN1GeneralizedTime("20510203040506Z"),
          new ASN1GeneralizedTime("99991231235959Z"),
          new ASN1GeneralizedTime("20260203040506.5Z"));
  private static final List<ASN1ObjectIdentifier> TYPES =
      List.of(BCStyle.CN, BCStyle.O, BCStyle.OU, BCStyle.C, BCStyle.EmailAddress);

  private final ScannerInvariants invariants = new ScannerInvariants();
  private final CertificateScanner scanner = new CertificateScanner();

  @Property(tries = 500)
  void scan_generatedCertificate_asBouncyCastleReadsIt(@ForAll("certificates") Minted minted) {
    byte[] der = minted.der();

    assertThat(scanner.scanCertificate(der, 0, der.length)).as(scanner.error()).isTrue();
    assertThat(scanner.damaged()).isEmpty();
    assertThat(Referee.ofCertificate(der).orElseThrow().differences(scanner, der)).isEmpty();
    invariants.hold(der);
  }

  @Property(tries = 500)
  void canonicalTbs_generatedCertificate_sameWithAndWithoutCt(
      @ForAll("certificates") Minted minted) {
    minted.version = true;
    byte[] before = minted.tbs();
    byte[] canonical = CanonicalTbs.ofTbs(before, 0, before.length).orElseThrow();
    minted.poisoned().extension(Minted.SCT_LIST, new DEROctetString(new byte[120]));
    byte[] after = minted.der();

    assertThat(CanonicalTbs.ofCertificate(after, 0, after.length)).hasValue(canonical);
    assertThat(Referee.ofTbs(canonical)).isPresent();
  }

  @Property(tries = 1000)
  void scan_truncated_neverThrows(
      @ForAll("certificates") Minted minted, @ForAll @IntRange(max = 100) int percent) {
    byte[] der = minted.der();

    invariants.hold(Arrays.copyOf(der, der.length * percent / 100));
    invariants.hold(Arrays.copyOfRange(der, der.length * percent / 100, der.length));
  }

  @Property(tries = 3000)
  void scan_bitsFlipped_neverThrows(
      @ForAll("certificates") Minted minted,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 20) Integer> bits) {
    byte[] der = minted.der();
    for (int bit : bits) {
      der[(bit >> 3) % der.length] ^= (byte) (1 << (bit & 7));
    }

    invariants.hold(der);
    SctList.read(der, 0, der.length);
    DistinguishedName.rfc4514(der, 0, der.length);
  }

  @Property(tries = 500)
  void rfc4514_anyName_boundedAndHarmless(@ForAll("certificates") Minted minted) {
    byte[] name = Minted.der(minted.subject);
    String text = DistinguishedName.rfc4514(name, 0, name.length);

    assertThat(text.length()).isLessThanOrEqualTo(DistinguishedName.MAX_LENGTH);
    assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
  }

  /**
   * By seed: what fails is reproduced by its number. Built by combinators, a certificate takes
   * longer to make than to scan a thousand times.
   */
  @Provide
  Arbitrary<Minted> certificates() {
    return Arbitraries.longs().map(seed -> mint(new Random(seed))).withoutEdgeCases();
  }

  private static Minted mint(Random random) {
    Minted minted = Minted.certificate();
    minted.serial =
        new ASN1Integer(
            new BigInteger(1 + random.nextInt(200), random)
                .subtract(BigInteger.ONE.shiftLeft(random.nextInt(160))));
    minted.notBefore = TIMES.get(random.nextInt(TIMES.size()));
    minted.notAfter = TIMES.get(random.nextInt(TIMES.size()));
    // Bouncy Castle refuses an empty issuer.
    minted.issuer = name(random, 1 + random.nextInt(5));
    minted.subject = name(random, random.nextInt(5));
    minted.spki = Minted.spki(random.nextInt(600));
    if (random.nextBoolean()) {
      minted.extension(Minted.AKI, new AuthorityKeyIdentifier(new byte[random.nextInt(40)]));
    }
    if (random.nextBoolean()) {
      minted.extension(Minted.SKI, new SubjectKeyIdentifier(new byte[random.nextInt(40)]));
    }
    GeneralName[] names = new GeneralName[random.nextInt(12)];
    Arrays.setAll(names, i -> generalName(random));
    if (names.length > 0) {
      minted.extension(Minted.SAN, new GeneralNames(names));
    }
    if (random.nextBoolean()) {
      minted.extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints(random.nextBoolean()));
    }
    if (random.nextBoolean()) {
      minted.rawExtension("1.3.6.1.5.5.7.1.1", new byte[] {0x30, 0});
    }
    // Bouncy Castle refuses extensions in version 1.
    minted.version = minted.extensions.size() > 0 || random.nextBoolean();
    return minted;
  }

  private static X500Name name(Random random, int parts) {
    RDN[] rdns = new RDN[parts];
    for (int i = 0; i < parts; i++) {
      AttributeTypeAndValue[] attributes = new AttributeTypeAndValue[1 + random.nextInt(3)];
      Arrays.setAll(
          attributes,
          k -> new AttributeTypeAndValue(TYPES.get(random.nextInt(TYPES.size())), string(random)));
      rdns[i] = new RDN(attributes);
    }
    return new X500Name(rdns);
  }

  private static ASN1Encodable string(Random random) {
    String ascii = text(random, 0x80);
    return switch (random.nextInt(5)) {
      case 0 -> new DERUTF8String(text(random, 0xd800));
      case 1 -> new DERBMPString(text(random, 0x1_0000));
      case 2 -> new DERIA5String(ascii);
      case 3 -> new DERT61String(ascii);
      default -> new DERPrintableString(ascii);
    };
  }

  private static GeneralName generalName(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new GeneralName(GeneralName.dNSName, text(random, 0x80));
      case 1 -> new GeneralName(GeneralName.rfc822Name, text(random, 0x80));
      case 2 -> new GeneralName(GeneralName.iPAddress, "192.0.2." + random.nextInt(256));
      default -> new GeneralName(name(random, 1));
    };
  }

  private static String text(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append((char) random.nextInt(characters));
    }
    return text.toString();
  }
}
