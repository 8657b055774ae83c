package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.DistrustEvent.KeyedOn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

  /** What one program did, family by family. */
  List<DistrustEvent> events(Program program) {
    List<DistrustEvent> events = new ArrayList<>();
    for (Family family : families) {
      for (DistrustEvent event : family.events()) {
        if (event.program() == program) {
          events.add(event);
        }
      }
    }
    return events;
  }

  Hash topKey() {
    return keys.getLast();
  }

  /** Whether the program is known to hold, or to have held, the anchor. */
  boolean isHeldBy(Program program) {
    for (Family family : families) {
      for (DistrustEvent event : family.events()) {
        if (event.program() == program
            && event.keyedOn() != KeyedOn.KEY
            && event.keyedOn() != KeyedOn.UNCAPTURED_LIST
            && event.keys().contains(topKey())
            && standsOnAnchor(event)) {
          return true;
        }
      }
    }
    return false;
  }

  boolean isBoundBy(DistrustEvent event) {
    if (passes(event.except())) {
      return false;
    }
    return switch (event.keyedOn()) {
      case KEY -> passes(event.keys());
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

  /** Asked of every event of every path, so without a stream. */
  private boolean passes(Set<Hash> some) {
    if (!some.isEmpty()) {
      for (Hash key : keys) {
        if (some.contains(key)) {
          return true;
        }
      }
    }
    return false;
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
    for (Hash anchor : root.anchors()) {
      if (event.certificates().contains(anchor)) {
        return true;
      }
    }
    return false;
  }
}
