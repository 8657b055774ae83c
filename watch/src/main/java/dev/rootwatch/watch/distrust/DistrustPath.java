package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.DistrustEvent.KeyedOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys from an issuer to the anchor of a root program.
 *
 * @param keys the issuing key first
 * @param root the key at the end; null where no family of the catalog has it as a root
 * @param anchor SHA-256 of one certificate that programs hold for the root; null when none is known
 * @param families those of its keys, the root's first
 * @param throughOtherCertificate the direct issuer is known to be another certificate than the ones
 *     that programs hold for the root, though over the same key
 */
record DistrustPath(
    List<Hash> keys,
    @Nullable CatalogKey root,
    @Nullable Hash anchor,
    List<Family> families,
    boolean throughOtherCertificate) {

  DistrustPath {
    keys = List.copyOf(keys);
    families = List.copyOf(families);
  }

  List<DistrustEvent> events() {
    return families.stream().flatMap(family -> family.events().stream()).toList();
  }

  Hash topKey() {
    return keys.getLast();
  }

  /** Whether the program is known to hold, or to have held, the anchor. */
  boolean isHeldBy(Program program) {
    return events().stream()
        .anyMatch(event ->
            event.program() == program
                && event.keyedOn() != KeyedOn.KEY
                && event.keyedOn() != KeyedOn.UNCAPTURED_LIST
                && event.keys().contains(topKey())
                && standsOnAnchor(event));
  }

  boolean isBoundBy(DistrustEvent event) {
    if (keys.stream().anyMatch(event.except()::contains)) {
      return false;
    }
    return switch (event.keyedOn()) {
      case KEY -> keys.stream().anyMatch(event.keys()::contains);
      case ANY_CERTIFICATE ->
          keys.stream().anyMatch(key -> event.keys().contains(key) && !isOtherAnchor(event, key));
      case CERTIFICATE, NAME, UNCAPTURED_LIST -> isAnchoredIn(event);
      case DIRECT_ISSUER -> isDirect() && isAnchoredIn(event);
    };
  }

  /** A rule on direct issuers says nothing certain about what stands further below. */
  boolean isLeftOpenBy(DistrustEvent event) {
    return event.keyedOn() == KeyedOn.DIRECT_ISSUER && !isDirect() && isAnchoredIn(event);
  }

  /**
   * Whether an exemption takes it out of the program's date rules: the exempt certificate stands
   * directly below the anchor.
   *
   * @param issuerCertificate the direct issuer, when it is known
   */
  boolean isExemptBy(DistrustEvent event, @Nullable Hash issuerCertificate) {
    int below = keys.size() - 2;
    return root != null
        && below >= 0
        && event.keys().contains(keys.get(below))
        && (below > 0
            || issuerCertificate == null
            || event.certificates().contains(issuerCertificate));
  }

  private boolean isDirect() {
    return keys.size() == 1 && !throughOtherCertificate;
  }

  private boolean isAnchoredIn(DistrustEvent event) {
    return root != null && event.keys().contains(topKey()) && standsOnAnchor(event);
  }

  private boolean isOtherAnchor(DistrustEvent event, Hash key) {
    return root != null && key.equals(topKey()) && !standsOnAnchor(event);
  }

  /** An event that names no certificate that programs hold for the root means the key. */
  private boolean standsOnAnchor(DistrustEvent event) {
    if (anchor == null || root == null || !namesAnAnchor(event, root)) {
      return true;
    }
    return event.certificates().contains(anchor);
  }

  private static boolean namesAnAnchor(DistrustEvent event, CatalogKey root) {
    return root.anchors().stream().anyMatch(event.certificates()::contains);
  }
}
