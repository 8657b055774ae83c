package dev.rootwatch.ct.x509;

import java.util.Arrays;

/**
 * Finds the fields of a DER certificate or TBSCertificate (RFC 5280 section 4.1) by offset, without
 * creating an object. One instance per thread, reused for every certificate; the accessors speak of
 * the last scan and point into the array that was scanned.
 *
 * <pre>{@code
 * Certificate ::= SEQUENCE {
 *   tbsCertificate       SEQUENCE {
 *     version            [0] EXPLICIT INTEGER DEFAULT v1,
 *     serialNumber       INTEGER,
 *     signature          SEQUENCE,          -- AlgorithmIdentifier
 *     issuer             SEQUENCE,          -- Name
 *     validity           SEQUENCE { notBefore Time, notAfter Time },
 *     subject            SEQUENCE,          -- Name
 *     subjectPublicKeyInfo SEQUENCE,
 *     issuerUniqueID     [1] OPTIONAL,
 *     subjectUniqueID    [2] OPTIONAL,
 *     extensions         [3] EXPLICIT SEQUENCE OF Extension OPTIONAL },
 *   signatureAlgorithm   SEQUENCE,
 *   signatureValue       BIT STRING }
 * }</pre>
 *
 * <p>A watcher must not be blinded by what it finds odd, so the scan fails only where the frame of
 * the TBSCertificate cannot be followed; even then, what was found before stays. Everything else
 * that is wrong leaves its own field absent (offset -1, length 0, {@link #NO_TIME}) and is told by
 * {@link #damaged()}. Any serial number, string type, algorithm, version and form of time will do.
 * Names are never hidden by a limit: {@link #truncated()} says when there were too many to list.
 *
 * <p>Nothing here calls itself, so nesting cannot exhaust the stack, and every length is checked
 * against its container. All offsets are absolute in the scanned array.
 */
public final class CertificateScanner {
  /** SAN tags: [1] rfc822Name, [2] dNSName, [7] iPAddress (RFC 5280 section 4.2.1.6). */
  public static final int SAN_EMAIL = 1;

  public static final int SAN_DNS = 2;
  public static final int SAN_IP = 7;

  /**
   * What {@link #notBefore()} and {@link #notAfter()} say when the certificate has no such time.
   */
  public static final long NO_TIME = DerTime.NONE;

  /** How many names, and how many common names, are listed before {@link #truncated()}. */
  public static final int MAX_NAMES = Slices.MAX;

  private static final int VERSION = 0xa0;
  private static final int ISSUER_UNIQUE_ID = 0x81;
  private static final int SUBJECT_UNIQUE_ID = 0x82;
  private static final int EXTENSIONS = 0xa3;
  private static final int KEY_IDENTIFIER = 0x80;

  /** Extension identifiers outside id-ce that are compared with each other for duplicates. */
  private static final int MAX_OTHER_EXTENSIONS = 64;

  private byte[] bytes = new byte[0];
  private int base;

  private String error = "";
  private int errorOffset;
  private String damage = "";
  private int damageOffset;
  private int certificateLength;
  private boolean notMinimal;
  private boolean duplicateExtension;

  private int tbsOffset;
  private int tbsLength;
  private int serialOffset;
  private int serialLength;
  private int issuerOffset;
  private int issuerLength;
  private int subjectOffset;
  private int subjectLength;
  private int spkiOffset;
  private int spkiLength;
  private long notBefore;
  private long notAfter;
  private int akiOffset;
  private int akiLength;
  private int skiOffset;
  private int skiLength;
  private boolean ca;
  private boolean poison;
  private int sctListOffset;
  private int sctListLength;
  private int ekuOffset;
  private int ekuLength;
  private int signatureAlgorithmOffset;
  private int signatureAlgorithmLength;
  private int signatureOffset;
  private int signatureLength;

  private final Slices sans = new Slices();
  private final Slices commonNames = new Slices();

  /** One bit for each id-ce extension met, by its last arc. */
  private long idCeSeen;

  private long idCeSeenHigh;
  private final int[] otherExtensions = new int[2 * MAX_OTHER_EXTENSIONS];
  private int otherExtensionCount;

  /** Scans a Certificate; false when it cannot be read, then see {@link #error()}. */
  public boolean scanCertificate(byte[] source, int offset, int length) {
    begin(source, offset, length);
    int limit = offset + length;
    long certificate = header(offset, limit, Der.SEQUENCE);
    if (certificate == Der.NONE) {
      return fail(offset, "no Certificate: no SEQUENCE that fits");
    }
    certificateLength = Der.end(certificate) - offset;
    if (Der.end(certificate) != limit) {
      damaged(Der.end(certificate), "bytes after the Certificate");
    }
    int at = Der.start(certificate);
    int end = Der.end(certificate);
    long tbs = header(at, end, Der.SEQUENCE);
    if (tbs == Der.NONE) {
      return fail(at, "no TBSCertificate: no SEQUENCE that fits");
    }
    signature(Der.end(tbs), end);
    return tbs(at, tbs);
  }

  /** Scans a TBSCertificate; false when it cannot be read, then see {@link #error()}. */
  public boolean scanTbs(byte[] source, int offset, int length) {
    begin(source, offset, length);
    int limit = offset + length;
    long tbs = header(offset, limit, Der.SEQUENCE);
    if (tbs == Der.NONE) {
      return fail(offset, "no TBSCertificate: no SEQUENCE that fits");
    }
    if (Der.end(tbs) != limit) {
      damaged(Der.end(tbs), "bytes after the TBSCertificate");
    }
    return tbs(offset, tbs);
  }

  private void begin(byte[] source, int offset, int length) {
    if (offset < 0 || length < 0 || offset > source.length - length) {
      throw new IndexOutOfBoundsException(
          "[" + offset + ", +" + length + ") of " + source.length + " bytes");
    }
    bytes = source;
    base = offset;
    error = "";
    errorOffset = -1;
    damage = "";
    damageOffset = -1;
    notMinimal = false;
    duplicateExtension = false;
    tbsOffset = -1;
    tbsLength = 0;
    serialOffset = -1;
    serialLength = 0;
    issuerOffset = -1;
    issuerLength = 0;
    subjectOffset = -1;
    subjectLength = 0;
    spkiOffset = -1;
    spkiLength = 0;
    notBefore = NO_TIME;
    notAfter = NO_TIME;
    akiOffset = -1;
    akiLength = 0;
    skiOffset = -1;
    skiLength = 0;
    ca = false;
    poison = false;
    sctListOffset = -1;
    sctListLength = 0;
    ekuOffset = -1;
    ekuLength = 0;
    signatureAlgorithmOffset = -1;
    signatureAlgorithmLength = 0;
    signatureOffset = -1;
    signatureLength = 0;
    sans.clear();
    commonNames.clear();
    idCeSeen = 0;
    idCeSeenHigh = 0;
    otherExtensionCount = 0;
  }

  private boolean tbs(int offset, long tbs) {
    tbsOffset = offset;
    int at = Der.start(tbs);
    int end = Der.end(tbs);
    tbsLength = end - offset;

    if (at < end && (bytes[at] & 0xff) == VERSION) {
      long version = header(at, end, VERSION);
      if (version == Der.NONE) {
        return fail(at, "version does not fit");
      }
      at = Der.end(version);
    }
    long serial = header(at, end, Der.INTEGER);
    if (serial == Der.NONE) {
      return fail(at, "no serialNumber: no INTEGER that fits");
    }
    serialOffset = Der.start(serial);
    serialLength = Der.length(serial);
    at = Der.end(serial);

    long algorithm = header(at, end, Der.SEQUENCE);
    if (algorithm == Der.NONE) {
      return fail(at, "no signature: no SEQUENCE that fits");
    }
    at = Der.end(algorithm);

    long issuer = header(at, end, Der.SEQUENCE);
    if (issuer == Der.NONE) {
      return fail(at, "no issuer: no SEQUENCE that fits");
    }
    issuerOffset = at;
    issuerLength = Der.end(issuer) - at;
    at = Der.end(issuer);

    long validity = header(at, end, Der.SEQUENCE);
    if (validity == Der.NONE) {
      return fail(at, "no validity: no SEQUENCE that fits");
    }
    validity(Der.start(validity), Der.end(validity));
    at = Der.end(validity);

    long subject = header(at, end, Der.SEQUENCE);
    if (subject == Der.NONE) {
      return fail(at, "no subject: no SEQUENCE that fits");
    }
    subjectOffset = at;
    subjectLength = Der.end(subject) - at;
    commonNames(Der.start(subject), Der.end(subject));
    at = Der.end(subject);

    long spki = header(at, end, Der.SEQUENCE);
    if (spki == Der.NONE) {
      return fail(at, "no subjectPublicKeyInfo: no SEQUENCE that fits");
    }
    spkiOffset = at;
    spkiLength = Der.end(spki) - at;
    optionalFields(Der.end(spki), end);
    return true;
  }

  private void optionalFields(int from, int end) {
    boolean extensionsSeen = false;
    int at = from;
    while (at < end) {
      int tag = bytes[at] & 0xff;
      long field = header(at, end);
      if (field == Der.NONE) {
        damaged(at, "a field after subjectPublicKeyInfo does not fit");
        return;
      }
      if (tag == EXTENSIONS && !extensionsSeen) {
        extensionsSeen = true;
        extensions(Der.start(field), Der.end(field));
      } else if ((tag & ~0x20) != ISSUER_UNIQUE_ID && (tag & ~0x20) != SUBJECT_UNIQUE_ID) {
        damaged(at, "a field after subjectPublicKeyInfo that does not belong there");
      }
      at = Der.end(field);
    }
  }

  private void validity(int from, int end) {
    long first = header(from, end);
    if (first == Der.NONE) {
      damaged(from, "notBefore does not fit");
      return;
    }
    notBefore = DerTime.millis(bytes, bytes[from] & 0xff, Der.start(first), Der.end(first));
    if (notBefore == NO_TIME) {
      damaged(from, "notBefore is no time");
    }
    int at = Der.end(first);
    long second = header(at, end);
    if (second == Der.NONE) {
      damaged(at, "notAfter does not fit");
      return;
    }
    notAfter = DerTime.millis(bytes, bytes[at] & 0xff, Der.start(second), Der.end(second));
    if (notAfter == NO_TIME) {
      damaged(at, "notAfter is no time");
    }
  }

  /** {@code Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }}. */
  private void commonNames(int from, int end) {
    int rdnAt = from;
    while (rdnAt < end) {
      long rdn = header(rdnAt, end, Der.SET);
      if (rdn == Der.NONE) {
        damaged(rdnAt, "a part of the subject is no SET that fits");
        return;
      }
      rdnAt = Der.end(rdn);
      int at = Der.start(rdn);
      while (at < rdnAt) {
        long attribute = header(at, rdnAt, Der.SEQUENCE);
        if (attribute == Der.NONE) {
          damaged(at, "an attribute of the subject is no SEQUENCE that fits");
          return;
        }
        commonName(Der.start(attribute), Der.end(attribute));
        at = Der.end(attribute);
      }
    }
  }

  private void commonName(int at, int end) {
    long type = header(at, end, Der.OBJECT_IDENTIFIER);
    if (type == Der.NONE) {
      damaged(at, "an attribute of the subject has no type");
      return;
    }
    if (!Oids.isCommonName(bytes, Der.start(type), Der.length(type))) {
      return;
    }
    int valueAt = Der.end(type);
    long value = header(valueAt, end);
    if (value == Der.NONE) {
      damaged(valueAt, "a commonName does not fit");
      return;
    }
    commonNames.add(bytes[valueAt] & 0xff, Der.start(value), Der.length(value));
  }

  /**
   * {@code SEQUENCE OF SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE,
   * extnValue OCTET STRING }}.
   */
  private void extensions(int from, int limit) {
    long list = header(from, limit, Der.SEQUENCE);
    if (list == Der.NONE) {
      damaged(from, "extensions are no SEQUENCE that fits");
      return;
    }
    if (Der.end(list) != limit) {
      damaged(Der.end(list), "bytes after the extensions");
    }
    int end = Der.end(list);
    int at = Der.start(list);
    while (at < end) {
      long extension = header(at, end, Der.SEQUENCE);
      if (extension == Der.NONE) {
        damaged(at, "an extension is no SEQUENCE that fits");
        return;
      }
      extension(Der.start(extension), Der.end(extension));
      at = Der.end(extension);
    }
  }

  private void extension(int from, int end) {
    long id = header(from, end, Der.OBJECT_IDENTIFIER);
    if (id == Der.NONE) {
      damaged(from, "an extension has no extnID");
      return;
    }
    int idAt = Der.start(id);
    int idLength = Der.length(id);
    int idCe = Oids.idCe(bytes, idAt, idLength);
    int ct = idCe >= 0 ? -1 : Oids.ct(bytes, idAt, idLength);
    if (ct == Oids.CT_POISON) {
      // CAs get its value wrong; being there is what counts.
      poison = true;
    }
    boolean first = idCe >= 0 ? isFirst(idCe) : isFirst(idAt, idLength);
    if (!first) {
      duplicateExtension = true;
      if (idCe != Oids.SUBJECT_ALT_NAME && idCe != Oids.BASIC_CONSTRAINTS) {
        return;
      }
    }
    int at = Der.end(id);
    if (at < end && bytes[at] == Der.BOOLEAN) {
      long critical = header(at, end, Der.BOOLEAN);
      if (critical == Der.NONE) {
        damaged(at, "critical does not fit");
        return;
      }
      at = Der.end(critical);
    }
    long value = header(at, end, Der.OCTET_STRING);
    if (value == Der.NONE) {
      damaged(at, "an extension has no extnValue");
      return;
    }
    int valueAt = Der.start(value);
    int valueEnd = Der.end(value);
    switch (idCe) {
      case Oids.SUBJECT_ALT_NAME -> subjectAltName(valueAt, valueEnd);
      case Oids.AUTHORITY_KEY_IDENTIFIER -> authorityKeyIdentifier(valueAt, valueEnd);
      case Oids.SUBJECT_KEY_IDENTIFIER -> subjectKeyIdentifier(valueAt, valueEnd);
      case Oids.BASIC_CONSTRAINTS -> basicConstraints(valueAt, valueEnd);
      case Oids.EXTENDED_KEY_USAGE -> {
        ekuOffset = valueAt;
        ekuLength = valueEnd - valueAt;
      }
      default -> {
        if (ct == Oids.CT_SCT_LIST) {
          sctListOffset = valueAt;
          sctListLength = valueEnd - valueAt;
        }
      }
    }
  }

  private boolean isFirst(int idCe) {
    long bit = 1L << idCe;
    boolean first;
    if (idCe < Long.SIZE) {
      first = (idCeSeen & bit) == 0;
      idCeSeen |= bit;
    } else {
      first = (idCeSeenHigh & bit) == 0;
      idCeSeenHigh |= bit;
    }
    return first;
  }

  private boolean isFirst(int idAt, int idLength) {
    for (int i = 0; i < otherExtensionCount; i++) {
      int at = otherExtensions[2 * i];
      int length = otherExtensions[2 * i + 1];
      if (length == idLength
          && Arrays.equals(bytes, at, at + length, bytes, idAt, idAt + idLength)) {
        return false;
      }
    }
    if (otherExtensionCount < MAX_OTHER_EXTENSIONS) {
      otherExtensions[2 * otherExtensionCount] = idAt;
      otherExtensions[2 * otherExtensionCount + 1] = idLength;
      otherExtensionCount++;
    }
    return true;
  }

  /** {@code GeneralNames ::= SEQUENCE OF GeneralName}, each with a context tag from 0 to 8. */
  private void subjectAltName(int from, int limit) {
    long list = header(from, limit, Der.SEQUENCE);
    if (list == Der.NONE) {
      damaged(from, "subjectAltName is no SEQUENCE that fits");
      return;
    }
    if (Der.end(list) != limit) {
      damaged(Der.end(list), "bytes after subjectAltName");
    }
    int end = Der.end(list);
    int at = Der.start(list);
    while (at < end) {
      int tag = bytes[at];
      long name = header(at, end);
      if (name == Der.NONE) {
        damaged(at, "a subject alternative name does not fit");
        return;
      }
      if ((tag & 0xc0) == 0x80) {
        sans.add(tag & 0x1f, Der.start(name), Der.length(name));
      } else {
        damaged(at, "a subject alternative name without a context tag");
      }
      at = Der.end(name);
    }
  }

  /** {@code SEQUENCE { keyIdentifier [0] OPTIONAL, authorityCertIssuer [1] OPTIONAL, ...}}. */
  private void authorityKeyIdentifier(int from, int limit) {
    long list = header(from, limit, Der.SEQUENCE);
    if (list == Der.NONE) {
      damaged(from, "authorityKeyIdentifier is no SEQUENCE that fits");
      return;
    }
    int at = Der.start(list);
    int end = Der.end(list);
    if (at < end && (bytes[at] & 0xff) == KEY_IDENTIFIER) {
      long keyIdentifier = header(at, end, KEY_IDENTIFIER);
      if (keyIdentifier == Der.NONE) {
        damaged(at, "keyIdentifier does not fit");
        return;
      }
      akiOffset = Der.start(keyIdentifier);
      akiLength = Der.length(keyIdentifier);
    }
  }

  private void subjectKeyIdentifier(int from, int limit) {
    long value = header(from, limit, Der.OCTET_STRING);
    if (value == Der.NONE) {
      damaged(from, "subjectKeyIdentifier is no OCTET STRING that fits");
      return;
    }
    skiOffset = Der.start(value);
    skiLength = Der.length(value);
  }

  /** {@code SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }}. */
  private void basicConstraints(int from, int limit) {
    long list = header(from, limit, Der.SEQUENCE);
    if (list == Der.NONE) {
      damaged(from, "basicConstraints is no SEQUENCE that fits");
      return;
    }
    int at = Der.start(list);
    int end = Der.end(list);
    if (at < end && bytes[at] == Der.BOOLEAN) {
      long value = header(at, end, Der.BOOLEAN);
      if (value == Der.NONE || Der.length(value) != 1) {
        damaged(at, "cA is no BOOLEAN that fits");
        return;
      }
      ca |= bytes[Der.start(value)] != 0;
    }
  }

  private void signature(int from, int end) {
    long algorithm = header(from, end, Der.SEQUENCE);
    if (algorithm == Der.NONE) {
      damaged(from, "no signatureAlgorithm: no SEQUENCE that fits");
      return;
    }
    signatureAlgorithmOffset = from;
    signatureAlgorithmLength = Der.end(algorithm) - from;
    int at = Der.end(algorithm);
    long value = header(at, end, Der.BIT_STRING);
    if (value == Der.NONE || Der.length(value) == 0) {
      damaged(at, "no signatureValue: no BIT STRING that fits");
      return;
    }
    signatureOffset = Der.start(value) + 1;
    signatureLength = Der.length(value) - 1;
    if (Der.end(value) != end) {
      damaged(Der.end(value), "bytes after signatureValue");
    }
  }

  private long header(int at, int end, int tag) {
    return noted(Der.header(bytes, at, end, tag));
  }

  private long header(int at, int end) {
    return noted(Der.header(bytes, at, end));
  }

  private long noted(long header) {
    if (header != Der.NONE && Der.isNotMinimal(header)) {
      notMinimal = true;
    }
    return header;
  }

  private boolean fail(int at, String reason) {
    error = reason;
    errorOffset = at - base;
    return false;
  }

  private void damaged(int at, String reason) {
    if (damage.isEmpty()) {
      damage = reason;
      damageOffset = at - base;
    }
  }

  /** What is wrong, in words; empty after a good scan. */
  public String error() {
    return error;
  }

  /** Where it is wrong: offset from the start of the scanned structure; -1 after a good scan. */
  public int errorOffset() {
    return errorOffset;
  }

  /**
   * What could not be read although the scan is good, in words, the first of them; empty when all
   * is well. The field it speaks of is absent, a list ends there.
   */
  public String damaged() {
    return damage;
  }

  /** Where the damage is: offset from the start of the scanned structure; -1 without damage. */
  public int damagedOffset() {
    return damageOffset;
  }

  /**
   * Whether there were more names than {@link #MAX_NAMES}: a name that matches may not be listed.
   */
  public boolean truncated() {
    return sans.overflowed() || commonNames.overflowed();
  }

  /** Whether a length took more bytes than DER allows: the bytes are BER. */
  public boolean hasNonMinimalLength() {
    return notMinimal;
  }

  /**
   * Whether an extension stands there twice (RFC 5280 section 4.2 forbids it). The first one
   * counts, for nobody knows which one a client reads; but names are listed of every
   * subjectAltName, and a CA is what any basicConstraints calls one.
   */
  public boolean hasDuplicateExtension() {
    return duplicateExtension;
  }

  /** The TBSCertificate with its header. */
  public int tbsOffset() {
    return tbsOffset;
  }

  public int tbsLength() {
    return tbsLength;
  }

  /** Content bytes of the serial number INTEGER. */
  public int serialOffset() {
    return serialOffset;
  }

  public int serialLength() {
    return serialLength;
  }

  /** The issuer Name with its header. */
  public int issuerOffset() {
    return issuerOffset;
  }

  public int issuerLength() {
    return issuerLength;
  }

  /** The subject Name with its header. */
  public int subjectOffset() {
    return subjectOffset;
  }

  public int subjectLength() {
    return subjectLength;
  }

  /** The SubjectPublicKeyInfo with its header. */
  public int spkiOffset() {
    return spkiOffset;
  }

  public int spkiLength() {
    return spkiLength;
  }

  /** Milliseconds since the epoch; {@link #NO_TIME} when it cannot be read. */
  public long notBefore() {
    return notBefore;
  }

  /** Milliseconds since the epoch; {@link #NO_TIME} when it cannot be read. */
  public long notAfter() {
    return notAfter;
  }

  /** keyIdentifier of the AuthorityKeyIdentifier extension (content bytes), or -1 when absent. */
  public int akiOffset() {
    return akiOffset;
  }

  public int akiLength() {
    return akiLength;
  }

  /** SubjectKeyIdentifier (content bytes), or -1 when absent. */
  public int skiOffset() {
    return skiOffset;
  }

  public int skiLength() {
    return skiLength;
  }

  /** basicConstraints cA. */
  public boolean isCa() {
    return ca;
  }

  /** Whether the CT poison extension is present (RFC 6962 section 3.1). */
  public boolean hasPoison() {
    return poison;
  }

  /** Content of the SCT list extension's extnValue OCTET STRING, or -1 when absent. */
  public int sctListOffset() {
    return sctListOffset;
  }

  public int sctListLength() {
    return sctListLength;
  }

  /** Content of the extendedKeyUsage extension's value (the SEQUENCE with header), or -1. */
  public int ekuOffset() {
    return ekuOffset;
  }

  public int ekuLength() {
    return ekuLength;
  }

  /** How many subject alternative names of any kind. */
  public int sanCount() {
    return sans.count();
  }

  /** Context tag number of the name: 1 email, 2 DNS, 7 IP and so on. */
  public int sanTag(int i) {
    return sans.tag(i);
  }

  /** Content bytes of the name. */
  public int sanOffset(int i) {
    return sans.offset(i);
  }

  public int sanLength(int i) {
    return sans.length(i);
  }

  /** How many commonName attributes stand in the subject. */
  public int commonNameCount() {
    return commonNames.count();
  }

  /**
   * DER tag of the string: 12 UTF8String, 19 PrintableString, 20 T61, 22 IA5, 28 Universal, 30 BMP.
   */
  public int commonNameTag(int i) {
    return commonNames.tag(i);
  }

  /** Content bytes of the string. */
  public int commonNameOffset(int i) {
    return commonNames.offset(i);
  }

  public int commonNameLength(int i) {
    return commonNames.length(i);
  }

  /** After {@link #scanCertificate}: bytes of the Certificate itself, without what follows it. */
  public int certificateLength() {
    return certificateLength;
  }

  /** After {@link #scanCertificate}: the signatureAlgorithm SEQUENCE with header, or -1. */
  public int signatureAlgorithmOffset() {
    return signatureAlgorithmOffset;
  }

  public int signatureAlgorithmLength() {
    return signatureAlgorithmLength;
  }

  /** After {@link #scanCertificate}: the signature bits without the unused-bits octet, or -1. */
  public int signatureOffset() {
    return signatureOffset;
  }

  public int signatureLength() {
    return signatureLength;
  }
}
