package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.wire.CtExtensions;
import dev.rootwatch.ct.wire.TlsReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The SCTs embedded in a certificate. Reads what {@link CertificateScanner#sctListOffset} points
 * to, for certificates that matched.
 *
 * <pre>{@code
 * opaque SerializedSCT<1..2^16-1>;
 * struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
 *
 * struct {
 *   Version sct_version;                  // uint8: 0 v1
 *   LogID id;                             // opaque [32]
 *   uint64 timestamp;
 *   CtExtensions extensions;              // opaque <0..2^16-1>
 *   digitally-signed struct {...};        // uint8 hash, uint8 signature, opaque <0..2^16-1>
 * } SignedCertificateTimestamp;
 * }</pre>
 *
 * @param scts those that could be read, in their order; at most some 1,300, for the list has a
 *     length of 16 bits
 * @param unknownVersions how many are of a version we do not know
 * @param damaged what could not be read, in words; empty when all is well
 */
public record SctList(List<EmbeddedSct> scts, int unknownVersions, String damaged) {
  /** The list of a certificate without the extension. */
  public static final SctList NONE = new SctList(List.of(), 0, "");

  public SctList {
    scts = List.copyOf(scts);
  }

  /**
   * Reads the content of the extension's extnValue: an OCTET STRING with the list inside.
   *
   * @param offset as {@link CertificateScanner#sctListOffset} gives it; negative gives {@link
   *     #NONE}
   */
  public static SctList read(byte[] bytes, int offset, int length) {
    if (offset < 0) {
      return NONE;
    }
    long octets = Der.header(bytes, offset, offset + length, Der.OCTET_STRING);
    if (octets == Der.NONE) {
      return new SctList(List.of(), 0, "the SCT list is no OCTET STRING that fits");
    }
    TlsReader list = new TlsReader().over(bytes, Der.start(octets), Der.length(octets));
    int start = list.vector16("sct_list");
    int listLength = list.vectorLength();
    list.end("SignedCertificateTimestampList");
    if (list.failed()) {
      return new SctList(List.of(), 0, list.problem());
    }
    return serialized(bytes, list.over(bytes, start, listLength));
  }

  private static SctList serialized(byte[] bytes, TlsReader list) {
    List<EmbeddedSct> scts = new ArrayList<>();
    int unknownVersions = 0;
    String damaged = "";
    TlsReader in = new TlsReader();
    while (list.remaining() > 0) {
      int at = list.vector16("SerializedSCT");
      if (list.failed()) {
        damaged = damaged.isEmpty() ? list.problem() : damaged;
        break;
      }
      in.over(bytes, at, list.vectorLength());
      if (in.uint8("sct_version") != 0) {
        unknownVersions++;
        continue;
      }
      v1(bytes, in).ifPresent(scts::add);
      if (in.failed() && damaged.isEmpty()) {
        damaged = in.problem();
      }
    }
    return new SctList(scts, unknownVersions, damaged);
  }

  /** The rest of a SignedCertificateTimestamp; empty when the reader has failed. */
  private static Optional<EmbeddedSct> v1(byte[] bytes, TlsReader in) {
    int id = in.fixed(Hash.BYTES, "id");
    long timestamp = in.uint64("timestamp");
    int extensions = in.vector16("extensions");
    int extensionsEnd = extensions + in.vectorLength();
    int hash = in.uint8("hash");
    int signatureAlgorithm = in.uint8("signature");
    int signature = in.vector16("signature");
    int signatureLength = in.vectorLength();
    in.end("SignedCertificateTimestamp");
    if (in.failed()) {
      return Optional.empty();
    }
    return Optional.of(
        new EmbeddedSct(
            new LogId(Hash.copyOf(bytes, id)),
            timestamp,
            CtExtensions.leafIndex(bytes, extensions, extensionsEnd),
            hash,
            signatureAlgorithm,
            Arrays.copyOfRange(bytes, signature, signature + signatureLength)));
  }

  /** The earliest timestamp, milliseconds since the epoch; empty when there is no SCT. */
  public OptionalLong earliest() {
    return scts.stream().mapToLong(EmbeddedSct::timestamp).min();
  }

  /** The latest timestamp, milliseconds since the epoch; empty when there is no SCT. */
  public OptionalLong latest() {
    return scts.stream().mapToLong(EmbeddedSct::timestamp).max();
  }
}
