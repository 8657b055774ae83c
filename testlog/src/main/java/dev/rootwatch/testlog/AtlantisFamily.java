package dev.rootwatch.testlog;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A distrusted authority that does not exist: one root, two subordinates, and a catalog overlay in
 * which root programs distrust it. What needs leaves of a distrusted CA cannot have TrustCor's.
 */
public final class AtlantisFamily {
  /** The family's id in the overlay. */
  public static final String ID = "atlantis";

  private static final String OWNER = "Atlantis Trust Services";

  private final MintedCa root;
  private final List<MintedCa> subordinates;

  private AtlantisFamily(MintedCa root, List<MintedCa> subordinates) {
    this.root = root;
    this.subordinates = subordinates;
  }

  /** The same family for the same seed. */
  public static AtlantisFamily of(Seed seed) {
    MintedCa root = MintedCa.root(seed, "C=XX, O=" + OWNER + ", CN=Atlantis Root CA 1");
    return new AtlantisFamily(
        root,
        List.of(
            root.intermediate("C=XX, O=" + OWNER + ", CN=Atlantis TLS CA A"),
            root.intermediate("C=XX, O=" + OWNER + ", CN=Atlantis TLS CA B")));
  }

  public MintedCa root() {
    return root;
  }

  /** The CAs that issue leaves. */
  public List<MintedCa> subordinates() {
    return subordinates;
  }

  /** The catalog overlay, YAML as docs/catalog.md describes it: its keys and invented events. */
  public String overlay() {
    return """
    # A family that does not exist, for tests and the demo.
    schema: rootwatch.catalog/v1
    version: "testlog"
    families:
    - id: atlantis
      owner: Atlantis Trust Services
      category: loss-of-confidence
      certificates:
    %s  events:
      - {program: mozilla, kind: distrust-after-notBefore, purposes: [tls, smime], announced: 2025-02-03, effective: 2025-03-31T23:59:59Z, citation: "invented"}
      - {program: chrome, kind: blocklisted, purposes: [tls], announced: 2025-02-10, effective: 2025-04-01, citation: "invented"}
      - {program: apple, kind: distrust-after-notBefore, purposes: [tls, smime], announced: 2025-02-20, effective: 2025-03-15T00:00:00Z, citation: "invented"}
      - {program: microsoft, kind: disallowed, purposes: [tls, smime, code], announced: 2025-03-25, effective: 2025-05-27T00:00:00Z, citation: "invented"}
      - {program: android, kind: removed, purposes: [tls], announced: 2025-04-01, effective: 2025-06-10, citation: "invented"}
      - {program: jdk, kind: never-included, purposes: [tls], citation: "invented"}
    """
        .formatted(
            java.util.stream.Stream.concat(java.util.stream.Stream.of(root), subordinates.stream())
                .map(ca -> "  - pem: |\n" + Pem.encode(ca.certificate()).indent(6))
                .collect(Collectors.joining()));
  }
}
