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
import java.util.Optional;

/**
 * Compares the scanner with Bouncy Castle over every real certificate at hand: the pool of CAs,
 * tiles and get-entries answers, whole certificates and the bare TBS of entries.
 *
 * <p>Prints {@code key=value} pairs; the exit code is 1 when they differ anywhere, or when one of
 * the two reads what the other refuses without an exclusion that names it.
 */
public final class ScannerDifferential {
  private final CertificateScanner scanner = new CertificateScanner();
  private final List<String> complaints = new ArrayList<>();
  private int input;
  private int compared;
  private int differ;
  private int onlyScanner;
  private int onlyBc;
  private int neither;

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
    return differential;
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
    compare(from, der, shifted, scanned, Referee.ofCertificate(der));
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
    return input > 0
        && differ == 0
        && onlyBc == 0
        && neither == 0
        && compared + onlyScanner == input;
  }

  List<String> complaints() {
    return complaints;
  }

  @Override
  public String toString() {
    return "input=%d compared=%d differ=%d only_scanner=%d only_bc=%d neither=%d"
        .formatted(input, compared, differ, onlyScanner, onlyBc, neither);
  }

  public static void main(String[] args) {
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      System.out.println("SKIPPED");
      return;
    }
    ScannerDifferential differential = over(shared.get());
    differential.complaints().forEach(System.err::println);
    System.out.println(differential);
    if (!differential.isGood()) {
      System.exit(1);
    }
  }
}
