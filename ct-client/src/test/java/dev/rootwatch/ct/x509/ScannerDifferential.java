package dev.rootwatch.ct.x509;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.real.RealWindows;
import dev.rootwatch.ct.real.SharedData;
import dev.rootwatch.ct.wire.EntryWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the scanner with Bouncy Castle over every real certificate at hand: the pool of CAs,
 * tiles and get-entries answers, whole certificates and the bare TBS of entries. Then over the
 * corpus of linters and fuzzers, most of which is no certificate: there the scanner may read what
 * Bouncy Castle refuses, but never the other way round.
 *
 * <p>Prints {@code key=value} pairs; the exit code is 1 when they differ anywhere, or when one of
 * the two reads what the other refuses without an exclusion that names it.
 */
public final class ScannerDifferential {
  private static final String SORTED =
      "set_order: Bouncy Castle sorts the attributes of a name when it writes it";

  /** What is known to differ in the corpus, by file, and why that is right. */
  private static final Map<String, String> EXCLUSIONS =
      Map.of(
          "zlint/testdata/caOrgNameEmpty.pem",
          SORTED,
          "zlint/testdata/caOrgNameMissing.pem",
          SORTED,
          "zlint/testdata/caValOrgName.pem",
          SORTED,
          "zlint/testdata/SANCaseNotMatchingCN.pem",
          "year_1: java.util.Date counts it in the Julian calendar, X.680 and we do not",
          "ct-cpp/python/ct/crypto/testdata/asn1_indefinite_length_encoding.pem",
          "indefinite_length: BER that no log accepts; it is reported as malformed");

  private final CertificateScanner scanner = new CertificateScanner();
  private final List<String> complaints = new ArrayList<>();
  private final AcceptanceTable acceptance = new AcceptanceTable();
  private int input;
  private int compared;
  private int differ;
  private int onlyScanner;
  private int onlyBc;
  private int neither;
  private int corpus;
  private int corpusCompared;
  private int corpusDiffer;
  private int corpusOnlyBc;
  private int corpusExcluded;
  private int corpusOnlyScanner;
  private int corpusNeither;
  private int refusedExtension;

  private ScannerDifferential() {}

  static ScannerDifferential over(SharedData shared) {
    ScannerDifferential differential = new ScannerDifferential();
    shared.caPool().forEach(der -> differential.certificate("ca-pool", der));
    for (Path tile : shared.dataTiles()) {
      differential.window("tile", RealWindows.tile(shared, tile));
    }
    for (Path body : shared.getEntriesBodies()) {
      differential.window("get-entries", RealWindows.getEntries(body));
    }
    shared.corpus(differential::corpus);
    return differential;
  }

  private void corpus(String file, byte[] der) {
    corpus++;
    new ScannerInvariants().hold(der);
    byte[] shifted = shifted(der);
    boolean scanned = scanner.scanCertificate(shifted, SHIFT, der.length);
    Optional<Referee> referee = Referee.ofCertificate(der);
    acceptance.note("corpus", der, scanned, referee.isPresent());
    String name = file.startsWith("./") ? file.substring(2) : file;
    if (referee.isEmpty()) {
      if (scanned) {
        corpusOnlyScanner++;
      } else {
        corpusNeither++;
      }
    } else if (EXCLUSIONS.containsKey(name)) {
      corpusExcluded++;
    } else if (!scanned) {
      corpusOnlyBc++;
      complaints.add(name + " only Bouncy Castle reads it: " + scanner.error());
    } else {
      corpusFields(name, referee.get().differences(scanner, shifted));
    }
  }

  private void corpusFields(String name, List<String> fields) {
    if (fields.isEmpty()) {
      corpusCompared++;
    } else if (fields.stream().allMatch(field -> field.startsWith(Referee.REFUSED))) {
      // It reads the frame, as we do, and then throws at the first extension that is broken.
      refusedExtension++;
    } else {
      corpusDiffer++;
      complaints.add(name + " differ: " + fields);
    }
  }

  private void window(String from, EntryWindow window) {
    for (int i = 0; i < window.count(); i++) {
      LogEntry entry = window.entry(i);
      if (entry.type() == LogEntry.PRECERT) {
        tbs(from, entry.signedCertificate());
      } else {
        certificate(from, entry.signedCertificate());
      }
      if (entry.precertificate() != null) {
        certificate(from, entry.precertificate());
      }
      entry.chain().forEach(der -> certificate(from, der));
    }
  }

  private void certificate(String from, byte[] der) {
    byte[] shifted = shifted(der);
    boolean scanned = scanner.scanCertificate(shifted, SHIFT, der.length);
    Optional<Referee> referee = Referee.ofCertificate(der);
    acceptance.note(from, der, scanned, referee.isPresent());
    compare(from, der, shifted, scanned, referee);
  }

  private void tbs(String from, byte[] der) {
    byte[] shifted = shifted(der);
    boolean scanned = scanner.scanTbs(shifted, SHIFT, der.length);
    compare(from, der, shifted, scanned, Referee.ofTbs(der));
  }

  /** Not at offset 0, so that a relative offset where an absolute one belongs shows. */
  private static final int SHIFT = 7;

  private static byte[] shifted(byte[] der) {
    byte[] shifted = new byte[SHIFT + der.length + 3];
    Arrays.fill(shifted, (byte) 0x30);
    System.arraycopy(der, 0, shifted, SHIFT, der.length);
    return shifted;
  }

  private void compare(
      String from, byte[] der, byte[] shifted, boolean scanned, Optional<Referee> referee) {
    input++;
    String name = from + " " + Hash.sha256(der);
    if (scanned && referee.isPresent()) {
      compared++;
      List<String> fields = referee.get().differences(scanner, shifted);
      if (!fields.isEmpty()) {
        differ++;
        complaints.add(name + " differ: " + fields);
      }
      if (!scanner.damaged().isEmpty()) {
        complaints.add(name + " damaged: " + scanner.damaged());
      }
    } else if (scanned) {
      onlyScanner++;
      complaints.add(name + " only the scanner reads it");
    } else if (referee.isPresent()) {
      onlyBc++;
      complaints.add(name + " only Bouncy Castle reads it: " + scanner.error());
    } else {
      neither++;
      complaints.add(name + " nobody reads it: " + scanner.error());
    }
  }

  boolean isGood() {
    int named = corpusOnlyScanner + corpusExcluded + refusedExtension;
    return input > 0
        && compared == input
        && corpusCompared + named + corpusNeither == corpus
        && differ == 0
        && corpusCompared > 0
        && corpusDiffer == 0
        && corpusOnlyBc == 0
        && corpusExcluded == EXCLUSIONS.size();
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public String toString() {
    return ("inputs=%d compared_in_all=%d named_exclusions=%d read_by_nobody=%d "
                .formatted(
                    input + corpus,
                    compared + corpusCompared,
                    onlyScanner
                        + onlyBc
                        + corpusOnlyScanner
                        + corpusOnlyBc
                        + corpusExcluded
                        + refusedExtension,
                    neither + corpusNeither)
            + "input=%d compared=%d differ=%d only_scanner=%d only_bc=%d neither=%d"
            + " corpus=%d corpus_compared=%d corpus_differ=%d corpus_only_scanner=%d"
            + " corpus_only_bc=%d corpus_neither=%d corpus_bc_refuses_extension=%d"
            + " corpus_excluded=%d")
        .formatted(
            input,
            compared,
            differ,
            onlyScanner,
            onlyBc,
            neither,
            corpus,
            corpusCompared,
            corpusDiffer,
            corpusOnlyScanner,
            corpusOnlyBc,
            corpusNeither,
            refusedExtension,
            corpusExcluded);
  }

  public static void main(String[] args) {
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      System.out.println("SKIPPED");
      return;
    }
    ScannerDifferential differential = over(shared.get());
    differential.complaints().forEach(System.err::println);
    EXCLUSIONS.forEach((file, reason) -> System.err.println("excluded: " + file + ": " + reason));
    System.err.print(differential.acceptance.text());
    System.out.println(differential);
    if (!differential.isGood()) {
      System.exit(1);
    }
  }
}
