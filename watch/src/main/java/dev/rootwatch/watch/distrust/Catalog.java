package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The families that are distrusted or watched, and what root programs did about them. Immutable.
 *
 * <p>The bundled one is reviewed data in this module; an operator's overlay adds families or
 * replaces them, in the same schema ({@code docs/catalog.md}).
 */
public final class Catalog {
  /** Longest path of keys that is followed from an issuer to a root. */
  private static final int MAX_PATH = 8;

  /** Of the catalog in this build, as {@link CatalogCompiler} writes it. */
  static final String COMPILED = "catalog.bin";

  private static final Pattern BUNDLE = Pattern.compile("[a-z0-9-]+\\.pem(?=[],])");

  private final String version;
  private final Map<String, Family> families;
  private final Map<Program, Instant> vintage;
  private final Map<Hash, Family> familyByKey = new HashMap<>();
  private final Map<Hash, CatalogKey> keys = new HashMap<>();
  private final Map<Hash, CatalogCertificate> certificates = new HashMap<>();
  private final Map<Hash, List<CatalogCertificate>> certificatesByKey = new HashMap<>();
  private final Set<Hash> exempt = new HashSet<>();
  private final Set<Hash> crossSigned = new HashSet<>();
  private volatile @Nullable Set<Hash> struck;

  Catalog(String version, Collection<Family> families, Map<Program, Instant> vintage) {
    this.version = version;
    this.families = new LinkedHashMap<>();
    this.vintage = Map.copyOf(vintage);
    for (Family family : families) {
      this.families.put(family.id(), family);
      for (CatalogKey key : family.keys()) {
        keys.putIfAbsent(key.spkiSha256(), key);
        familyByKey.putIfAbsent(key.spkiSha256(), family);
      }
      for (CatalogCertificate certificate : family.certificates()) {
        certificates.putIfAbsent(certificate.sha256(), certificate);
        certificatesByKey
            .computeIfAbsent(certificate.spkiSha256(), _ -> new ArrayList<>())
            .add(certificate);
      }
      for (CatalogCertificate certificate : family.exemptCertificates()) {
        certificates.putIfAbsent(certificate.sha256(), certificate);
        certificatesByKey
            .computeIfAbsent(certificate.spkiSha256(), _ -> new ArrayList<>())
            .add(certificate);
      }
      family.exempt().forEach(key -> exempt.add(key.spkiSha256()));
      family.crossSigned().forEach(certificate -> crossSigned.add(certificate.spkiSha256()));
    }
    exempt.removeAll(keys.keySet());
    crossSigned.removeAll(keys.keySet());
    crossSigned.addAll(exempt);
  }

  /** The catalog that is part of this release. */
  public static Catalog bundled() {
    try {
      return CompiledCatalog.read(compiled());
    } catch (IOException e) {
      throw new IllegalStateException("the bundled catalog is broken: " + e.getMessage(), e);
    }
  }

  static byte[] compiled() {
    return resource(COMPILED);
  }

  /** SHA-256 over every reviewed file and every bundle of certificates that they name. */
  static Hash sourcesDigest() throws CatalogException {
    MessageDigest digest = Hash.newSha256();
    digest.update(resource("catalog.yaml"));
    CatalogFile index =
        CatalogFile.read("catalog.yaml", resource("catalog.yaml"), Catalog::resource);
    for (String name : index.files()) {
      digest.update(resource(name));
      String text = new String(resource(name), StandardCharsets.UTF_8);
      Matcher bundles = BUNDLE.matcher(text);
      while (bundles.find()) {
        digest.update(resource(bundles.group()));
      }
    }
    return Hash.of(digest.digest());
  }

  /** The bundled catalog out of its reviewed files, which takes a hundred times as long. */
  static Catalog fromSources() throws CatalogException {
    CatalogFile index =
        CatalogFile.read("catalog.yaml", resource("catalog.yaml"), Catalog::resource);
    Catalog catalog = new Catalog("", List.of(), Map.of()).with(index, index.version());
    for (String name : index.files()) {
      catalog =
          catalog.with(
              CatalogFile.read(name, resource(name), Catalog::resource), catalog.version());
    }
    return catalog;
  }

  /**
   * This catalog with the families of an overlay added, or in place of those with the same id. Its
   * version then names the overlay's content, too.
   *
   * @param name the file's name, for messages
   * @param yaml the overlay
   * @param files reads files that the overlay names ({@code pemFile}), relative to it
   */
  public Catalog withOverlay(String name, byte[] yaml, FileReader files) throws CatalogException {
    CatalogFile overlay = CatalogFile.read(name, yaml, files);
    String content = Hash.sha256(yaml).toString().substring(0, 8);
    String label = overlay.version().isEmpty() ? content : overlay.version() + "." + content;
    return with(overlay, version + "+" + label);
  }

  private Catalog with(CatalogFile file, String newVersion) {
    Map<String, Family> all = new LinkedHashMap<>(families);
    for (Family family : file.families()) {
      all.put(family.id(), family);
    }
    Map<Program, Instant> dates = new HashMap<>(vintage);
    dates.putAll(file.vintage());
    return new Catalog(newVersion, all.values(), dates);
  }

  /** Reads a file that a catalog names. */
  @FunctionalInterface
  public interface FileReader {
    byte[] read(String name) throws IOException;
  }

  /** For example {@code 2026.11.24}, with {@code +} and the overlay's version behind. */
  public String version() {
    return version;
  }

  public List<Family> families() {
    return List.copyOf(families.values());
  }

  public Optional<Family> family(String id) {
    return Optional.ofNullable(families.get(id));
  }

  /** The family that lists a key. */
  public Optional<Family> familyOf(Hash spkiSha256) {
    return Optional.ofNullable(familyByKey.get(spkiSha256));
  }

  public Optional<CatalogKey> key(Hash spkiSha256) {
    return Optional.ofNullable(keys.get(spkiSha256));
  }

  public Optional<CatalogCertificate> certificate(Hash sha256) {
    return Optional.ofNullable(certificates.get(sha256));
  }

  /** CA certificates over a key, in the catalog's order. */
  public List<CatalogCertificate> certificatesOf(Hash spkiSha256) {
    return List.copyOf(certificatesByKey.getOrDefault(spkiSha256, List.of()));
  }

  /**
   * Whether the key is somebody else's although a family signed it: exempt, or cross-signed. What
   * stands below it is not the family's issuance.
   */
  public boolean isSomebodyElses(Hash spkiSha256) {
    return crossSigned.contains(spkiSha256);
  }

  Map<Program, Instant> vintages() {
    return vintage;
  }

  /** Until when the sources about a program were read; null when not told. */
  @Nullable Instant vintage(Program program) {
    return vintage.get(program);
  }

  /**
   * The keys of a family that {@code catalog:*} fires for: those on which, or on whose issuers, a
   * program's event for cause stands.
   */
  public boolean hasEventForCause(Hash spkiSha256) {
    Family family = familyByKey.get(spkiSha256);
    if (family == null || !family.category().forCause()) {
      return false;
    }
    Set<Hash> struck = struck();
    return struck.contains(spkiSha256)
        || rootPaths(spkiSha256).stream()
            .anyMatch(path -> path.stream().anyMatch(struck::contains));
  }

  private Set<Hash> struck() {
    Set<Hash> known = struck;
    if (known == null) {
      known = new HashSet<>();
      for (Family family : families.values()) {
        for (DistrustEvent event : family.events()) {
          if (family.category().forCause() && event.forCause() && event.kind().strikes()) {
            known.addAll(event.keys());
          }
        }
      }
      struck = known;
    }
    return known;
  }

  /**
   * Every path of keys from {@code issuer} to a root key over edges of the catalog, shortest first,
   * both ends included. A root key's first path is itself.
   */
  public List<List<Hash>> rootPaths(Hash issuer) {
    return ends(issuer, Instant.MAX).stream()
        .filter(end -> end.root() != null)
        .map(KeyPath::keys)
        .toList();
  }

  /**
   * A path of keys that the catalog knows.
   *
   * @param keys from the issuer upward
   * @param root the root key at its end; null where it ends at a key that is no family's root
   */
  record KeyPath(List<Hash> keys, @Nullable CatalogKey root) {}

  /**
   * Every path to a root key of a family, and those that leave the families: to the key that signed
   * a cross-certificate valid as of the instant, or to an exempt key's own root. Shortest first.
   */
  List<KeyPath> ends(Hash issuer, Instant asOf) {
    List<KeyPath> found = new ArrayList<>();
    Deque<List<Hash>> open = new ArrayDeque<>();
    if (keys.containsKey(issuer) || exempt.contains(issuer)) {
      open.add(List.of(issuer));
    }
    while (!open.isEmpty()) {
      List<Hash> path = open.remove();
      Hash last = path.getLast();
      CatalogKey key = keys.get(last);
      if (key != null && key.root()) {
        found.add(new KeyPath(path, key));
      }
      if (path.size() < MAX_PATH) {
        for (CatalogCertificate certificate : certificatesByKey.getOrDefault(last, List.of())) {
          Hash parent = certificate.issuerSpkiSha256();
          if (parent == null || (path.contains(parent) && !parent.equals(last))) {
            continue;
          }
          if (parent.equals(last)) {
            // A self-signed certificate of an exempt key: its owner's own root.
            addOnce(found, key == null ? new KeyPath(path, null) : null);
          } else if (keys.containsKey(parent) || exempt.contains(parent)) {
            List<Hash> longer = longer(path, parent);
            if (!open.contains(longer)) {
              open.add(longer);
            }
          } else if (!asOf.isBefore(certificate.notBefore())
              && !asOf.isAfter(certificate.notAfter())) {
            addOnce(found, new KeyPath(longer(path, parent), null));
          }
        }
      }
    }
    return found;
  }

  private static void addOnce(List<KeyPath> found, @Nullable KeyPath path) {
    if (path != null && !found.contains(path)) {
      found.add(path);
    }
  }

  private static List<Hash> longer(List<Hash> path, Hash parent) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(parent);
    return List.copyOf(longer);
  }

  private static byte[] resource(String name) {
    String path = "/dev/rootwatch/watch/catalog/" + name;
    try (InputStream in = Catalog.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing from this build: " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
