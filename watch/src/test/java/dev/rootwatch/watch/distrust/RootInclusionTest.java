package dev.rootwatch.watch.distrust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Inclusion.Standing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootInclusionTest {
  private static final String ROOT = "aa".repeat(32);
  private static final String CERTIFICATE = "bb".repeat(32);
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final OwnerTable OWNERS = OwnerTable.bundled();
  private static final RootInclusion BUNDLED = RootInclusion.bundled(OWNERS);

  /** SPKI of ISRG Root X1 and of the intermediate R10 below it. */
  private static final String ISRG_ROOT_X1 =
      "0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3";

  @ParameterizedTest
  @CsvSource({
    // purposes, conditional, first, last day | purpose, as of | status
    "'tls,smime', -, 2020-07-01, 2020-07-31, tls, 2020-06-30T23:59:59Z, NOT_INCLUDED",
    "'tls,smime', -, 2020-07-01, 2020-07-31, tls, 2020-07-15T00:00:00Z, UNKNOWN",
    "'tls,smime', -, 2020-07-01, 2020-07-31, tls, 2020-07-31T00:00:00Z, INCLUDED",
    "'tls,smime', -, -, 2026-05-01, tls, 2025-01-01T00:00:00Z, UNKNOWN",
    "'tls,smime', -, -, 2026-05-01, tls, 2026-05-01T00:00:00Z, INCLUDED",
    // held for something else
    "smime, -, -, 2026-05-01, tls, 2026-11-01T00:00:00Z, NOT_INCLUDED",
    "smime, -, -, 2026-05-01, tls, 2026-06-01T00:00:00Z, UNKNOWN",
    "-, -, -, 2026-05-01, code, 2026-11-01T00:00:00Z, NOT_INCLUDED",
    // held, nobody knows for what; held under terms
    "?, -, -, 2026-05-01, tls, 2026-11-01T00:00:00Z, UNKNOWN",
    "'tls,code', code, -, 2026-05-01, tls, 2026-11-01T00:00:00Z, INCLUDED",
    "'tls,code', code, -, 2026-05-01, code, 2026-11-01T00:00:00Z, UNKNOWN",
  })
  void ofRoot_heldRoot_saysNoMoreThanIsKnown(
      String purposes,
      String conditional,
      String first,
      String last,
      String purpose,
      Instant asOf,
      Inclusion.Status expected)
      throws IOException {
    RootInclusion inclusion =
        read(
            "@microsoft\t2026-10-01\n"
                + String.join(
                    "\t", ROOT, "microsoft", CERTIFICATE, purposes, conditional, first, last));
    Standing standing =
        inclusion.ofRoot(
            Hash.ofHex(ROOT), Program.MICROSOFT, Purpose.ofWord(purpose).orElseThrow(), asOf);
    assertThat(standing.status()).isEqualTo(expected);
    if (expected == Inclusion.Status.INCLUDED) {
      assertThat(standing.anchor()).isEqualTo(Hash.ofHex(CERTIFICATE));
    }
  }

  @Test
  void ofRoot_rootThatIsNotHeld_isNotIncludedFromTheDayOfTheListOn() throws IOException {
    RootInclusion inclusion = read("# a comment\n@jdk\t2026-09-11");
    Hash root = Hash.ofHex(ROOT);
    assertThat(inclusion.ofRoot(root, Program.JDK, Purpose.TLS, NOW).status())
        .isEqualTo(Inclusion.Status.NOT_INCLUDED);
    Instant before = Instant.parse("2026-09-10T23:59:59Z");
    assertThat(inclusion.ofRoot(root, Program.JDK, Purpose.TLS, before).status())
        .isEqualTo(Inclusion.Status.UNKNOWN);
    assertThat(inclusion.ofRoot(root, Program.CHROME, Purpose.TLS, NOW).status())
        .isEqualTo(Inclusion.Status.UNKNOWN);
  }

  @Test
  void ofIssuer_everyProgramsRoot_isIncludedInAll() {
    for (Program program : Program.values()) {
      assertThat(BUNDLED.ofIssuer(Hash.ofHex(ISRG_ROOT_X1), program, Purpose.TLS, NOW).status())
          .as(program.word())
          .isEqualTo(Inclusion.Status.INCLUDED);
    }
  }

  @Test
  void ofIssuer_subordinate_isWhatTheBestOfItsRootsIs() {
    Hash below =
        OWNERS.keysOf("lets-encrypt").stream()
            .filter(key -> !OWNERS.isIncludedRoot(key))
            .filter(key -> OWNERS.rootsOf(key).orElse(List.of()).contains(Hash.ofHex(ISRG_ROOT_X1)))
            .findFirst()
            .orElseThrow();
    assertThat(BUNDLED.ofIssuer(below, Program.CHROME, Purpose.TLS, NOW).status())
        .isEqualTo(Inclusion.Status.INCLUDED);
  }

  @Test
  void ofIssuer_stranger_isUnknown() {
    assertThat(BUNDLED.ofIssuer(Hash.ofHex(ROOT), Program.MOZILLA, Purpose.TLS, NOW))
        .isEqualTo(Standing.UNKNOWN);
  }

  /** A family's root that a program holds and has said nothing about is not a guess any more. */
  @Test
  void verdicts_familyRootWithoutAnEvent_restOnTheProgramsList() {
    Catalog catalog = Catalog.bundled();
    List<Verdict> verdicts =
        new Verdicts(catalog, BUNDLED)
            .of(
                Verdicts.Question.ofKey(
                    catalog.family("netlock").orElseThrow().keys().getFirst().spkiSha256(),
                    Instant.parse("2020-01-01T00:00:00Z"),
                    List.of(),
                    Set.of(Purpose.TLS)),
                NOW);
    assertThat(verdicts).noneMatch(verdict -> verdict.result() == Verdict.Result.UNKNOWN);
  }

  private static RootInclusion read(String text) throws IOException {
    return RootInclusion.read(new BufferedReader(new StringReader(text)), OWNERS);
  }
}
