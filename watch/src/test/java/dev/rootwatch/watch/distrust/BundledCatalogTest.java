package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.IssuerSignature;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this release says of TrustCor, against the facts as they were published. */
class BundledCatalogTest {
  private static final Hash ROOT_CA_1 =
      Hash.ofHex("ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476");

  private final Catalog catalog = Catalog.bundled();
  private final Family trustcor = catalog.family("trustcor").orElseThrow();

  @Test
  void trustcor_rootKeys_standInTenCertificates() {
    assertThat(catalog.version()).isEqualTo("2026.11.24");
    List<Hash> roots =
        trustcor.keys().stream().filter(CatalogKey::root).map(CatalogKey::spkiSha256).toList();
    assertThat(roots).hasSize(3);
    assertThat(
            trustcor.certificates().stream().filter(c -> roots.contains(c.spkiSha256())).toList())
        .hasSize(10)
        .allMatch(CatalogCertificate::selfSigned)
        .allMatch(c -> c.der() != null);
  }

  @Test
  void trustcor_subordinates_areThirtyAndReachARoot() {
    List<CatalogCertificate> subordinates =
        trustcor.certificates().stream().filter(c -> !c.selfSigned()).toList();
    assertThat(subordinates).hasSize(30);
    assertThat(subordinates)
        .allSatisfy(c -> assertThat(catalog.rootPaths(c.spkiSha256())).isNotEmpty());
    assertThat(trustcor.keys()).allMatch(key -> catalog.hasEventForCause(key.spkiSha256()));
  }

  @Test
  void trustcor_everySignatureThatCanBeChecked_verifies() {
    IssuerSignature signatures = new IssuerSignature();
    int checked = 0;
    for (CatalogCertificate certificate : trustcor.certificates()) {
      byte[] der = certificate.der();
      Hash issuer = certificate.issuerSpkiSha256();
      assertThat(issuer).isNotNull();
      byte[] key = issuer == null ? null : catalog.key(issuer).orElseThrow().spki();
      if (der != null && key != null) {
        assertThat(signatures.check(der, key)).isEqualTo(IssuerSignature.Result.VALID);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(22);
  }

  @Test
  void rootPaths_keyUnderThreeRoots_findsAllThree() {
    Hash shared = Hash.ofHex("f6f32a390f276458cf7b3b4b066f4d1dc933ad95912ee2b5c4974ef1aa4855c4");
    assertThat(catalog.rootPaths(shared)).hasSize(3).allMatch(path -> path.size() == 2);
    assertThat(catalog.rootPaths(ROOT_CA_1)).containsExactly(List.of(ROOT_CA_1));
  }

  @Test
  void bundled_isWhatTheReviewedFilesSay() throws Exception {
    assertThat(Catalog.sourcesDigest())
        .as("run CatalogCompiler, see docs/catalog.md")
        .isEqualTo(CompiledCatalog.sourcesOf(Catalog.compiled()));
  }

  @Test
  void everyHashOfAnAnchorAtHand_isThatOfItsBytes() {
    for (Family family : catalog.families()) {
      for (CatalogCertificate certificate : family.certificates()) {
        byte[] der = certificate.der();
        if (der != null) {
          assertThat(Hash.sha256(der)).isEqualTo(certificate.sha256());
        }
      }
    }
  }

  @Test
  void lifecycleFamilies_haveNoEventForCause() {
    assertThat(catalog.families()).hasSize(31);
    assertThat(catalog.families())
        .filteredOn(family -> !family.category().forCause())
        .hasSize(5)
        .allSatisfy(family ->
            assertThat(family.keys()).noneMatch(key -> catalog.hasEventForCause(key.spkiSha256())));
    assertThat(catalog.family("comodo-2011").orElseThrow().keys())
        .noneMatch(key -> catalog.hasEventForCause(key.spkiSha256()));
    assertThat(catalog.family("fina").orElseThrow().keys())
        .noneMatch(key -> catalog.hasEventForCause(key.spkiSha256()));
  }
}
