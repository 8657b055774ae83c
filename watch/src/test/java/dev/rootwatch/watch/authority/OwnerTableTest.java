package dev.rootwatch.watch.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerTableTest {
  private static final Hash TRUSTCOR_ROOT =
      Hash.ofHex("ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476");

  private static final OwnerTable OWNERS = OwnerTable.bundled();

  @Test
  void bundled_knowsWhoAnswersForAKey() {
    assertThat(OWNERS.size()).isEqualTo(8866);
    assertThat(OWNERS.label(TRUSTCOR_ROOT)).contains("trustcor");
    assertThat(OWNERS.label(TRUSTCOR_ROOT.toBytes(), 0)).isEqualTo("trustcor");
    assertThat(OWNERS.keysOf("trustcor")).hasSize(34);
    assertThat(OWNERS.keysOf("lets-encrypt")).isNotEmpty();
    assertThat(OWNERS.labels()).contains("digicert", "other", "unknown").hasSize(135);
  }

  @Test
  void bundled_stranger_isUnknown() {
    Hash stranger = Hash.sha256(new byte[] {1, 2, 3});
    assertThat(OWNERS.label(stranger)).isEmpty();
    assertThat(OWNERS.label(stranger.toBytes(), 0)).isEqualTo(OwnerTable.UNKNOWN);
  }

  @Test
  void below_trustCorRoots_isTheRestOfTheFamily() {
    // Three roots and 24 subordinate keys; the seven Test and Dev roots stand below nobody.
    Set<Hash> roots =
        Set.of(
            TRUSTCOR_ROOT,
            Hash.ofHex("c63d68c648a18b77641c427a669d61c9768a55f4fcd0322eac96c57700299cf1"),
            Hash.ofHex("7afe4b071a2f1f46f8ba944a26d584d5960b92fb48c3ba1b7cab84905f32aacd"));
    List<Hash> below = OWNERS.below(roots);
    assertThat(below).hasSize(24).doesNotContainAnyElementsOf(roots);
    assertThat(below).allMatch(key -> OWNERS.label(key).equals(java.util.Optional.of("trustcor")));
  }

  @Test
  void keyOfCertificate_knownFingerprint_leadsToItsKey() {
    assertThat(
            OWNERS.keyOfCertificate(
                Hash.ofHex("d40e9c86cd8fe468c1776959f49ea774fa548684b6c406f3909261f4dce2575c")))
        .contains(TRUSTCOR_ROOT);
    assertThat(OWNERS.keyOfCertificate(TRUSTCOR_ROOT)).isEmpty();
  }

  @Test
  void isIncludedRoot_afterRemoval_isFalse() {
    assertThat(OWNERS.isIncludedRoot(TRUSTCOR_ROOT)).isFalse();
    // ISRG Root X1
    assertThat(
            OWNERS.isIncludedRoot(
                Hash.ofHex("0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3")))
        .isTrue();
  }
}
