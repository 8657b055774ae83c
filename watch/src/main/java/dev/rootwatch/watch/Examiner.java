package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.ct.x509.PrecertificateAgreement;
import dev.rootwatch.watch.ChainReader.Kind;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.name.DomainTable;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks through windows for entries that a rule might match. Two stages: this class decides from
 * offsets, hashes and flat tables, without creating an object for an entry that does not match;
 * {@link FindingWriter} then reads the few candidates whole and decides for good.
 *
 * <ul>
 *   <li>A precertificate entry commits to its issuer's key: one look-up, before any DER. Only where
 *       domains are watched its TBSCertificate is scanned. It is compared with the precertificate
 *       beside it; a difference makes it a candidate.
 *   <li>A certificate entry names its issuer by name and key identifier, and has a chain beside it
 *       that the log does not commit to: any of the three makes it a candidate.
 *   <li>Where rules look for names of CAs, the issuer's name (and a CA's own) is compared once and
 *       remembered.
 *   <li>An issuer that nobody knows may stand below a watched key: then the whole chain is looked
 *       at. Where its signatures prove it, the issuer is learned ({@link AuthorityGraph}), and
 *       found by its key alone from then on.
 *   <li>What strangers' chains claim costs signature checks, of which a window has so many. Entries
 *       that would need more are not decided but named ({@link Examined#undecided}), to be read
 *       again.
 * </ul>
 *
 * <p>One thread at a time; make one for each thread with {@link ExaminerSetup#newExaminer} and use
 * it for many windows.
 */
public final class Examiner {
  /** Bytes of a malformed entry that are kept. */
  private static final int MAX_RAW = 16 * 1024;

  /**
   * Signature checks over strangers' chains in one window: a quarter of a second, of expensive keys
   * a second. An entry that was begun is finished, with some ten checks at most.
   */
  static final int CHECKS_PER_WINDOW = 512;

  private final ExaminerSetup setup;
  private final KeyTable watchedKeys;
  private final AuthorityGraph graph;
  private final OwnerTable owners;
  private final DomainTable domains;
  private final boolean watchesKeys;
  private final boolean watchesDomains;
  private final boolean watchesNames;
  private final NameMemory names;

  private final CertificateScanner scan = new CertificateScanner();
  private final MessageDigest sha256 = Hash.newSha256();
  private final byte[] digest = new byte[Hash.BYTES];
  private final Tally tally = new Tally();
  private final ChainReader chains;
  private final FindingWriter writer;

  Examiner(ExaminerSetup setup) {
    this.setup = setup;
    this.watchedKeys = setup.rules().keys();
    this.graph = setup.graph();
    this.owners = setup.owners();
    this.domains = setup.rules().domains();
    this.watchesKeys = watchedKeys.size() > 0;
    this.watchesDomains = !domains.isEmpty();
    List<NamePattern> patterns = setup.rules().namesAlone();
    this.watchesNames = !patterns.isEmpty();
    this.names = new NameMemory(patterns);
    this.chains = new ChainReader(setup);
    this.writer = new FindingWriter(setup, chains);
  }

  /** What becomes of one window. */
  private static final class Counts {
    private long firstUndecided = -1;
    private long lastUndecided = -1;
    private final List<Finding> findings = new ArrayList<>();
    private final List<MalformedRow> malformed = new ArrayList<>();
    private int precertificates;
    private int certificates;
    private int unknown;
  }

  /**
   * Examines every entry of the window.
   *
   * @param log where the window comes from
   * @param issuers asked for certificates of static logs that were not seen before; what it cannot
   *     give leaves a signature unchecked
   */
  public Examined examine(CtLog log, EntryWindow window, IssuerSource issuers)
      throws InterruptedException {
    Counts counts = new Counts();
    tally.begin(window.bytes(), graph.version());
    chains.begin(window, issuers);
    writer.begin(CHECKS_PER_WINDOW);
    try {
      for (int i = 0; i < window.count(); i++) {
        if (window.hasCertificate(i)) {
          entryOrDefect(log, window, i, counts);
        } else {
          withoutCertificate(log, window, i, counts);
        }
      }
    } finally {
      chains.end();
    }
    return new Examined(
        counts.findings,
        tally.rows(setup),
        counts.malformed,
        counts.precertificates,
        counts.certificates,
        counts.unknown,
        chains.wrongIssuers(),
        writer.takeKnown(),
        counts.firstUndecided < 0
            ? null
            : new EntryRange(counts.firstUndecided, counts.lastUndecided + 1));
  }

  /** An entry that trips us must not hide its neighbours: it is told like a malformed one. */
  private void entryOrDefect(CtLog log, EntryWindow window, int i, Counts counts)
      throws InterruptedException {
    try {
      entry(log, window, i, counts);
    } catch (RuntimeException | StackOverflowError defect) {
      MalformedEntry tripped =
          new MalformedEntry(window.firstIndex() + i, 0, "not examined: " + defect);
      MalformedRow row = row(window, i, tripped);
      counts.malformed.add(row);
      writer.writeMalformed(log, window, i, row, counts.findings);
    }
  }

  private void entry(CtLog log, EntryWindow window, int i, Counts counts)
      throws InterruptedException {
    boolean precertificate = window.type(i) == LogEntry.PRECERT;
    boolean candidate;
    if (precertificate) {
      counts.precertificates++;
      tally.add(window.issuerKeyHashOffset(i), window.timestamp(i), window.firstIndex() + i);
      candidate = isCandidatePrecertificate(window, i) || isNotAsSubmitted(window, i);
    } else {
      counts.certificates++;
      candidate = isCandidateCertificate(window, i);
    }
    MalformedEntry beside = window.malformedExtra(i);
    if (beside != null) {
      counts.malformed.add(row(window, i, beside));
    }
    if (candidate && !writer.canDecide(window, i)) {
      long index = window.firstIndex() + i;
      counts.firstUndecided = counts.firstUndecided < 0 ? index : counts.firstUndecided;
      counts.lastUndecided = index;
    } else if (candidate) {
      MalformedEntry unreadable = writer.write(log, window, i, counts.findings);
      if (unreadable != null && beside == null) {
        counts.malformed.add(row(window, i, unreadable));
      }
    }
  }

  // --- precertificate entries

  private boolean isCandidatePrecertificate(EntryWindow window, int i) throws InterruptedException {
    byte[] bytes = window.bytes();
    int key = window.issuerKeyHashOffset(i);
    if (watchesKeys) {
      if (watchedKeys.find(bytes, key) != KeyTable.ABSENT) {
        return true;
      }
      int learned = graph.find(bytes, key);
      if (learned != KeyTable.ABSENT && graph.isWatched(learned)) {
        return true;
      }
      if (owners.find(bytes, key) == KeyTable.ABSENT && chainTouchesWatched(window, i, 0)) {
        return true;
      }
    }
    if (!watchesDomains && !watchesNames) {
      return false;
    }
    // What cannot be scanned is looked through by the writer.
    return !scan.scanTbs(bytes, window.certificateOffset(i), window.certificateLength(i))
        || (watchesDomains && namesWatchedDomain(bytes))
        || (watchesNames && isCalledAsWatched(bytes));
  }

  /** Also where the TBSCertificate cannot be read: that is counted, whoever issued it. */
  private static boolean isNotAsSubmitted(EntryWindow window, int i) {
    int offset = window.precertificateOffset(i);
    return PrecertificateAgreement.of(
            window.bytes(),
            window.certificateOffset(i),
            window.certificateLength(i),
            Math.max(0, offset),
            window.precertificateLength(i))
        != PrecertificateAgreement.SAME;
  }

  // --- certificate entries

  private boolean isCandidateCertificate(EntryWindow window, int i) throws InterruptedException {
    byte[] bytes = window.bytes();
    if (!scan.scanCertificate(bytes, window.certificateOffset(i), window.certificateLength(i))) {
      return true;
    }
    if (watchesDomains && namesWatchedDomain(bytes)) {
      return true;
    }
    if (watchesNames && isCalledAsWatched(bytes)) {
      return true;
    }
    if (!watchesKeys) {
      return false;
    }
    return setup.namesWatchedIssuer(bytes, scan)
        || (scan.isCa() && holdsWatchedKey(bytes))
        || chainLeadsToWatched(window, i);
  }

  private boolean holdsWatchedKey(byte[] bytes) {
    if (scan.spkiOffset() < 0) {
      return false;
    }
    sha256.update(bytes, scan.spkiOffset(), scan.spkiLength());
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new AssertionError("32 bytes are enough", e);
    }
    return watchedKeys.find(digest, 0) != KeyTable.ABSENT;
  }

  private boolean chainLeadsToWatched(EntryWindow window, int i) throws InterruptedException {
    if (window.chainLength(i) == 0) {
      return false;
    }
    return switch (chains.kind(i, 0)) {
      case Kind.WATCHED -> true;
      case Kind.ORDINARY -> false;
      default -> chainTouchesWatched(window, i, 1);
    };
  }

  private boolean chainTouchesWatched(EntryWindow window, int i, int from)
      throws InterruptedException {
    int length = Math.min(window.chainLength(i), ChainReader.MAX_CHAIN);
    for (int k = from; k < length; k++) {
      int kind = chains.kind(i, k);
      if (kind == Kind.WATCHED) {
        return true;
      }
      if (kind == Kind.ORDINARY) {
        return false; // it stands where it stands, whoever signed it too
      }
    }
    return false;
  }

  private boolean isCalledAsWatched(byte[] bytes) {
    return names.matches(bytes, scan.issuerOffset(), scan.issuerLength())
        || (scan.isCa() && names.matches(bytes, scan.subjectOffset(), scan.subjectLength()));
  }

  private boolean namesWatchedDomain(byte[] bytes) {
    return NameWalk.anyMatch(domains, bytes, scan) || NameWalk.mayHideNames(scan);
  }

  // --- what cannot be read

  private void withoutCertificate(CtLog log, EntryWindow window, int i, Counts counts) {
    counts.unknown++;
    MalformedEntry entry = window.malformed(i);
    if (entry == null) {
      return; // a type that we do not know: nothing to scan, and nothing wrong with it
    }
    MalformedRow row = row(window, i, entry);
    counts.malformed.add(row);
    writer.writeMalformed(log, window, i, row, counts.findings);
  }

  private MalformedRow row(EntryWindow window, int i, MalformedEntry entry) {
    int offset = window.leafOffset(i);
    int length = Math.min(window.leafLength(i), MAX_RAW);
    return new MalformedRow(
        entry,
        FindingWriter.leafHash(window, i, sha256),
        Arrays.copyOfRange(window.bytes(), offset, offset + length));
  }
}
