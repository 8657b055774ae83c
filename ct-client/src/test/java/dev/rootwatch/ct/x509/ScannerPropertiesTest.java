package dev.rootwatch.ct.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
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
  private final ScannerInvariants invariants = new ScannerInvariants();
  private final CertificateScanner scanner = new CertificateScanner();

  @Property(tries = 200)
  void scan_generatedCertificate_asBouncyCastleReadsIt(@ForAll("certificates") Minted minted) {
    byte[] der = minted.der();

    assertThat(scanner.scanCertificate(der, 0, der.length)).as(scanner.error()).isTrue();
    assertThat(scanner.damaged()).isEmpty();
    assertThat(Referee.ofCertificate(der).orElseThrow().differences(scanner, der)).isEmpty();
    invariants.hold(der);
  }

  @Property(tries = 200)
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

  @Property(tries = 300)
  void scan_truncated_neverThrows(
      @ForAll("certificates") Minted minted, @ForAll @IntRange(max = 100) int percent) {
    byte[] der = minted.der();

    invariants.hold(Arrays.copyOf(der, der.length * percent / 100));
    invariants.hold(Arrays.copyOfRange(der, der.length * percent / 100, der.length));
  }

  @Property(tries = 1000)
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

  @Property(tries = 200)
  void rfc4514_anyName_boundedAndHarmless(@ForAll("certificates") Minted minted) {
    byte[] name = Minted.der(minted.subject);
    String text = DistinguishedName.rfc4514(name, 0, name.length);

    assertThat(text.length()).isLessThanOrEqualTo(DistinguishedName.MAX_LENGTH);
    assertThat(text.codePoints().noneMatch(Character::isISOControl)).isTrue();
  }

  @Provide
  Arbitrary<Minted> certificates() {
    Arbitrary<ASN1Encodable> serials =
        Arbitraries.bigIntegers()
            .between(BigInteger.ONE.shiftLeft(160).negate(), BigInteger.ONE.shiftLeft(200))
            .map(ASN1Integer::new);
    Arbitrary<ASN1Encodable> times =
        Arbitraries.of(
            new ASN1UTCTime("500101000000Z"),
            new ASN1UTCTime("490101000000Z"),
            new ASN1UTCTime("2601020304Z"),
            new ASN1UTCTime("260102030405+0200"),
            new ASN1GeneralizedTime("20510203040506Z"),
            new ASN1GeneralizedTime("99991231235959Z"),
            new ASN1GeneralizedTime("20260203040506.5Z"));
    return Arbitraries.lazy(() ->
        net.jqwik.api.Combinators.combine(
                serials,
                times,
                times,
                // Bouncy Castle refuses an empty issuer.
                names(1),
                names(0),
                generalNames().list().ofMaxSize(12),
                Arbitraries.integers().between(0, 63),
                Arbitraries.integers().between(0, 600))
            .as(ScannerPropertiesTest::mint));
  }

  private static Minted mint(
      ASN1Encodable serial,
      ASN1Encodable notBefore,
      ASN1Encodable notAfter,
      X500Name issuer,
      X500Name subject,
      List<GeneralName> names,
      int features,
      int keyBytes) {
    Minted minted = Minted.certificate();
    minted.serial = serial;
    minted.notBefore = notBefore;
    minted.notAfter = notAfter;
    minted.issuer = issuer;
    minted.subject = subject;
    minted.spki = Minted.spki(keyBytes);
    if ((features & 1) != 0) {
      minted.extension(Minted.AKI, new AuthorityKeyIdentifier(new byte[features]));
    }
    if ((features & 2) != 0) {
      minted.extension(Minted.SKI, new SubjectKeyIdentifier(new byte[features]));
    }
    if (!names.isEmpty()) {
      minted.extension(Minted.SAN, new GeneralNames(names.toArray(new GeneralName[0])));
    }
    if ((features & 4) != 0) {
      minted.extension(Minted.BASIC_CONSTRAINTS, new BasicConstraints((features & 8) != 0));
    }
    if ((features & 16) != 0) {
      minted.rawExtension("1.3.6.1.5.5.7.1.1", new byte[] {0x30, 0});
    }
    // Bouncy Castle refuses extensions in version 1.
    minted.version = (features & 32) == 0 || minted.extensions.size() > 0;
    return minted;
  }

  private static Arbitrary<X500Name> names(int atLeast) {
    Arbitrary<ASN1ObjectIdentifier> types =
        Arbitraries.of(BCStyle.CN, BCStyle.O, BCStyle.OU, BCStyle.C, BCStyle.EmailAddress);
    Arbitrary<String> ascii = Arbitraries.strings().ascii().ofMaxLength(40);
    Arbitrary<ASN1Encodable> values =
        Arbitraries.oneOf(
            Arbitraries.strings()
                .ofMaxLength(20)
                .filter(ScannerPropertiesTest::isText)
                .map(DERUTF8String::new),
            Arbitraries.strings().ofMaxLength(20).map(DERBMPString::new),
            ascii.map(DERIA5String::new),
            ascii.map(DERT61String::new),
            Arbitraries.strings().alpha().ofMaxLength(20).map(DERPrintableString::new));
    return net.jqwik.api.Combinators.combine(types, values)
        .as(AttributeTypeAndValue::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(attributes -> new RDN(attributes.toArray(new AttributeTypeAndValue[0])))
        .list()
        .ofMinSize(atLeast)
        .ofMaxSize(5)
        .map(rdns -> new X500Name(rdns.toArray(new RDN[0])));
  }

  /** Bouncy Castle refuses to write half a surrogate pair. */
  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static Arbitrary<GeneralName> generalNames() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .alpha()
            .ofMaxLength(70)
            .map(name -> new GeneralName(GeneralName.dNSName, name)),
        Arbitraries.strings()
            .alpha()
            .ofMaxLength(20)
            .map(name -> new GeneralName(GeneralName.rfc822Name, name)),
        Arbitraries.integers()
            .between(0, 255)
            .map(i -> new GeneralName(GeneralName.iPAddress, "192.0.2." + i)),
        names(1).map(GeneralName::new));
  }
}
