package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A catalog as one compact resource, so that a start does not read thousands of lines of YAML and
 * check every signature. Written and read by the same build: there is no second version of it.
 */
final class CompiledCatalog {
  private CompiledCatalog() {}

  // --- write

  /** Begins with the digest of the files that it was made from. */
  static byte[] write(Catalog catalog, Hash sources) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeHash(out, sources);
      out.writeUTF(catalog.version());
      for (Program program : Program.values()) {
        writeInstant(out, catalog.vintages().get(program));
      }
      writeList(out, catalog.families(), CompiledCatalog::writeFamily);
    } catch (IOException e) {
      throw new AssertionError("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private static <T> void writeList(DataOutputStream out, Collection<T> values, Writer<T> writer)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(out, value);
    }
  }

  private static void writeFamily(DataOutputStream out, Family family) throws IOException {
    out.writeUTF(family.id());
    out.writeUTF(family.owner());
    out.writeUTF(family.category().name());
    out.writeUTF(family.summary());
    writeList(out, family.keys(), CompiledCatalog::writeKey);
    writeList(out, family.certificates(), CompiledCatalog::writeCertificate);
    writeList(out, family.events(), CompiledCatalog::writeEvent);
    writeList(out, family.exempt(), CompiledCatalog::writeKey);
    writeList(out, family.exemptCertificates(), CompiledCatalog::writeCertificate);
    writeList(out, family.crossSigned(), CompiledCatalog::writeCertificate);
    writeList(out, family.fingerprints(), CompiledCatalog::writeFingerprint);
  }

  private static void writeKey(DataOutputStream out, CatalogKey key) throws IOException {
    writeHash(out, key.spkiSha256());
    out.writeUTF(key.name());
    out.writeBoolean(key.root());
    writeList(out, key.anchors(), CompiledCatalog::writeHash);
    writeBytes(out, key.spki());
    out.writeUTF(key.evidence().name());
  }

  private static void writeCertificate(DataOutputStream out, CatalogCertificate certificate)
      throws IOException {
    writeHash(out, certificate.sha256());
    writeHash(out, certificate.spkiSha256());
    writeOptionalHash(out, certificate.issuerSpkiSha256());
    out.writeUTF(certificate.subject());
    writeList(out, certificate.subjectNames(), CompiledCatalog::writeBytes);
    writeBytes(out, certificate.ski());
    writeInstant(out, certificate.notBefore());
    writeInstant(out, certificate.notAfter());
    writeBytes(out, certificate.der());
  }

  private static void writeEvent(DataOutputStream out, DistrustEvent event) throws IOException {
    out.writeUTF(event.program().name());
    out.writeUTF(event.kind().name());
    writeList(out, EnumSet.copyOf(event.purposes()), (to, purpose) -> to.writeUTF(purpose.name()));
    writeInstant(out, event.announced());
    writeInstant(out, event.effective());
    writeInstant(out, event.latest());
    writeInstant(out, event.seen());
    DistrustEvent.Window window = event.window();
    writeInstant(out, window == null ? null : window.from());
    writeInstant(out, window == null ? null : window.to());
    out.writeUTF(event.basis().name());
    writeOptionalEnum(out, event.boundary());
    writeOptionalEnum(out, event.unit());
    out.writeUTF(event.keyedOn().name());
    writeList(out, sorted(event.keys()), CompiledCatalog::writeHash);
    writeList(out, sorted(event.certificates()), CompiledCatalog::writeHash);
    writeList(out, sorted(event.except()), CompiledCatalog::writeHash);
    writeList(out, event.permitted(), DataOutputStream::writeUTF);
    out.writeBoolean(event.forCause());
    out.writeUTF(event.citation());
  }

  /** The same bytes for the same catalog, whatever the order of a set. */
  private static List<Hash> sorted(Set<Hash> hashes) {
    return hashes.stream().sorted().toList();
  }

  private static void writeFingerprint(DataOutputStream out, Fingerprint fingerprint)
      throws IOException {
    out.writeUTF(fingerprint.algorithm());
    out.writeUTF(fingerprint.hex());
    out.writeUTF(fingerprint.name());
    out.writeUTF(fingerprint.evidence().name());
  }

  private static void writeHash(DataOutputStream out, Hash hash) throws IOException {
    out.write(hash.toBytes());
  }

  private static void writeOptionalHash(DataOutputStream out, @Nullable Hash hash)
      throws IOException {
    out.writeBoolean(hash != null);
    if (hash != null) {
      writeHash(out, hash);
    }
  }

  private static void writeOptionalEnum(DataOutputStream out, @Nullable Enum<?> value)
      throws IOException {
    out.writeUTF(value == null ? "" : value.name());
  }

  private static void writeInstant(DataOutputStream out, @Nullable Instant instant)
      throws IOException {
    out.writeLong(instant == null ? Long.MIN_VALUE : instant.getEpochSecond());
  }

  private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  // --- read

  static Hash sourcesOf(byte[] compiled) {
    return Hash.copyOf(compiled, 0);
  }

  static Catalog read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.skipNBytes(Hash.BYTES);
    String version = in.readUTF();
    Map<Program, Instant> vintage = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      Instant date = readInstant(in);
      if (date != null) {
        vintage.put(program, date);
      }
    }
    return new Catalog(version, readList(in, CompiledCatalog::readFamily), vintage);
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static <T> List<T> readList(DataInputStream in, Reader<T> reader) throws IOException {
    int size = in.readInt();
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  private static Family readFamily(DataInputStream in) throws IOException {
    return new Family(
        in.readUTF(),
        in.readUTF(),
        Category.valueOf(in.readUTF()),
        in.readUTF(),
        readList(in, CompiledCatalog::readKey),
        readList(in, CompiledCatalog::readCertificate),
        readList(in, CompiledCatalog::readEvent),
        readList(in, CompiledCatalog::readKey),
        readList(in, CompiledCatalog::readCertificate),
        readList(in, CompiledCatalog::readCertificate),
        readList(in, CompiledCatalog::readFingerprint));
  }

  private static CatalogKey readKey(DataInputStream in) throws IOException {
    return new CatalogKey(
        readHash(in),
        in.readUTF(),
        in.readBoolean(),
        readList(in, CompiledCatalog::readHash),
        readBytes(in),
        Evidence.valueOf(in.readUTF()));
  }

  private static CatalogCertificate readCertificate(DataInputStream in) throws IOException {
    return new CatalogCertificate(
        readHash(in),
        readHash(in),
        in.readBoolean() ? readHash(in) : null,
        in.readUTF(),
        readList(in, CompiledCatalog::readFully),
        readBytes(in),
        readMoment(in),
        readMoment(in),
        readBytes(in));
  }

  private static DistrustEvent readEvent(DataInputStream in) throws IOException {
    return new DistrustEvent(
        Program.valueOf(in.readUTF()),
        EventKind.valueOf(in.readUTF()),
        new HashSet<>(readList(in, from -> Purpose.valueOf(from.readUTF()))),
        readInstant(in),
        readInstant(in),
        readInstant(in),
        readInstant(in),
        readWindow(in),
        Verdict.Basis.valueOf(in.readUTF()),
        readOptionalEnum(in, Verdict.Boundary::valueOf),
        readOptionalEnum(in, Verdict.Unit::valueOf),
        DistrustEvent.KeyedOn.valueOf(in.readUTF()),
        new HashSet<>(readList(in, CompiledCatalog::readHash)),
        new HashSet<>(readList(in, CompiledCatalog::readHash)),
        new HashSet<>(readList(in, CompiledCatalog::readHash)),
        readList(in, from -> from.readUTF()),
        in.readBoolean(),
        in.readUTF());
  }

  private static DistrustEvent.@Nullable Window readWindow(DataInputStream in) throws IOException {
    Instant from = readInstant(in);
    Instant to = readInstant(in);
    return from == null || to == null ? null : new DistrustEvent.Window(from, to);
  }

  private static Fingerprint readFingerprint(DataInputStream in) throws IOException {
    return new Fingerprint(
        in.readUTF(), in.readUTF(), in.readUTF(), Evidence.valueOf(in.readUTF()));
  }

  private static Hash readHash(DataInputStream in) throws IOException {
    return Hash.copyOf(in.readNBytes(Hash.BYTES), 0);
  }

  private static <E> @Nullable E readOptionalEnum(DataInputStream in, Function<String, E> reader)
      throws IOException {
    String name = in.readUTF();
    return name.isEmpty() ? null : reader.apply(name);
  }

  private static @Nullable Instant readInstant(DataInputStream in) throws IOException {
    long second = in.readLong();
    return second == Long.MIN_VALUE ? null : Instant.ofEpochSecond(second);
  }

  private static Instant readMoment(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong());
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }

  private static byte[] readFully(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
