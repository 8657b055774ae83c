package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  private static final List<String> BUNDLED = List.of("trustcor");

  private final String version;
  private final Map<String, Family> families;
  private final Map<Program, Instant> vintage;
  private final Map<Hash, Family> familyByKey = new HashMap<>();
  private final Map<Hash, CatalogKey> keys = new HashMap<>();
  private final Map<Hash, CatalogCertificate> certificates = new HashMap<>();
  private final Map<Hash, List<CatalogCertificate>> certificatesByKey = new HashMap<>();

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
    }
  }

  /** The catalog that is part of this release. */
  public static Catalog bundled() {
    Catalog catalog = new Catalog("", List.of(), Map.of());
    for (String family : BUNDLED) {
      try {
        CatalogFile file =
            CatalogFile.read(family + ".yaml", resource(family + ".yaml"), name -> resource(name));
        catalog = catalog.with(file, file.version());
      } catch (CatalogException e) {
        throw new IllegalStateException("the bundled catalog is broken: " + e.getMessage(), e);
      }
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
    Set<Hash> struck = new HashSet<>();
    for (DistrustEvent event : family.events()) {
      if (event.kind().strikes()) {
        struck.addAll(event.keys());
      }
    }
    return struck.contains(spkiSha256)
        || rootPaths(spkiSha256).stream()
            .anyMatch(path -> path.stream().anyMatch(struck::contains));
  }

  /**
   * Every path of keys from {@code issuer} to a root key over edges of the catalog, shortest first,
   * both ends included. A root key's first path is itself.
   */
  public List<List<Hash>> rootPaths(Hash issuer) {
    List<List<Hash>> found = new ArrayList<>();
    Deque<List<Hash>> open = new ArrayDeque<>();
    if (keys.containsKey(issuer)) {
      open.add(List.of(issuer));
    }
    while (!open.isEmpty()) {
      List<Hash> path = open.remove();
      Hash last = path.getLast();
      CatalogKey key = keys.get(last);
      if (key != null && key.root()) {
        found.add(path);
      }
      if (path.size() < MAX_PATH) {
        for (CatalogCertificate certificate : certificatesByKey.getOrDefault(last, List.of())) {
          Hash parent = certificate.issuerSpkiSha256();
          if (parent != null && !path.contains(parent) && keys.containsKey(parent)) {
            List<Hash> longer = new ArrayList<>(path);
            longer.add(parent);
            if (!open.contains(longer)) {
              open.add(List.copyOf(longer));
            }
          }
        }
      }
    }
    return found;
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
