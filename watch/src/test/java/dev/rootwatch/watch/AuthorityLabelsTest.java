package dev.rootwatch.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuthorityLabelsTest {
  private static final Hash TRUSTCOR_ROOT =
      Hash.ofHex("ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476");

  /** One of the roots that the catalog leaves out. */
  private static final String KNOWN_TO_THE_TABLE =
      "0e1b3312b645ee6eb8c50f5bdfd81aaf47d08a1daca8d35e57d493617c57c850";

  private static final Hash LATER_KEY = Hash.sha256(new byte[] {1});
  private static final Hash ATLANTIS = Hash.sha256(new byte[] {2});
  private static final Hash STRANGER = Hash.sha256(new byte[] {3});

  @Test
  void of_keyOfAnOwner_isTheOwnersLabel() throws Exception {
    assertThat(label(TRUSTCOR_ROOT)).isEqualTo("trustcor");
  }

  @Test
  void of_keyThatOnlyTheOverlayKnows_isItsFamilysLabelOrOther() throws Exception {
    assertThat(label(LATER_KEY)).isEqualTo("trustcor");
    assertThat(label(ATLANTIS)).isEqualTo(OwnerTable.OTHER);
  }

  @Test
  void of_keyThatNobodyKnows_isUnknown() throws Exception {
    assertThat(label(STRANGER)).isEqualTo(OwnerTable.UNKNOWN);
  }

  private static String label(Hash key) throws Exception {
    Catalog catalog =
        Catalog.bundled()
            .withOverlay(
                "o.yaml",
                """
                schema: rootwatch.catalog/v1
                families:
                - id: trustcor-again
                  owner: TrustCor
                  category: loss-of-confidence
                  keys: [{spkiSha256: %s}, {spkiSha256: %s}]
                - id: atlantis
                  owner: Atlantis
                  category: loss-of-confidence
                  keys: [{spkiSha256: %s}]
                """
                    .formatted(LATER_KEY, KNOWN_TO_THE_TABLE, ATLANTIS)
                    .getBytes(StandardCharsets.UTF_8),
                name -> {
                  throw new FileNotFoundException(name);
                });
    return AuthorityLabels.of(OwnerTable.bundled(), catalog).of(key.toBytes(), 0);
  }
}
