package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerAnswer;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.Examined.WrongIssuer;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whose keys stand in the chains beside the entries, from DER certificates (RFC 6962) or from
 * fingerprints (static-ct-api), whose certificates are fetched once. One thread.
 */
final class ChainReader {
  /** What a chain's certificate is to us. */
  static final class Kind {
    /** Cannot be read or had. */
    static final int UNREADABLE = 0;

    /** A key that nobody knows. */
    static final int STRANGER = 1;

    /** A key of the owner table that no rule watches. */
    static final int ORDINARY = 2;

    /**
     * A key that a rule watches or that was learned below one, or a stranger's that names such a
     * key as its issuer.
     */
    static final int WATCHED = 3;

    private Kind() {}
  }

  /** A path longer than this is not looked at. */
  static final int MAX_CHAIN = 10;

  /** After so many failures the rest of the window does without the log's certificates. */
  private static final int MAX_FAILURES = 2;

  private static final int MOST_WRONG = 4;
  private static final int MOST_WRONG_BYTES = 8 * 1024;

  private final ExaminerSetup setup;
  private final CertificateScanner scan = new CertificateScanner();
  private final MessageDigest sha256 = Hash.newSha256();
  private final byte[] digest = new byte[Hash.BYTES];
  private final ChainMemory memory = new ChainMemory();
  private long memoryVersion;
  private @Nullable EntryWindow current;
  private IssuerSource issuers = IssuerSource.none();
  private int failures;
  private final List<WrongIssuer> wrong = new ArrayList<>();

  ChainReader(ExaminerSetup setup) {
    this.setup = setup;
  }

  void begin(EntryWindow window, IssuerSource source) {
    current = window;
    issuers = source;
    failures = 0;
    wrong.clear();
    forgetStrangers();
  }

  /** Whoever was a stranger may have become known. */
  private void forgetStrangers() {
    long version = setup.graph().version();
    if (version != memoryVersion) {
      memory.clear();
      memoryVersion = version;
    }
  }

  /** Lets go of the window, whose buffer is used again. */
  void end() {
    current = null;
    issuers = IssuerSource.none();
  }

  /** What the log gave in place of issuers asked for since {@link #begin}. */
  List<WrongIssuer> wrongIssuers() {
    return List.copyOf(wrong);
  }

  private EntryWindow window() {
    if (current == null) {
      throw new IllegalStateException("begin comes first");
    }
    return current;
  }

  /** What the k-th certificate of entry {@code i}'s chain is to us. */
  int kind(int i, int k) throws InterruptedException {
    EntryWindow window = window();
    byte[] bytes = window.bytes();
    int offset = window.chainOffset(i, k);
    return window.chainIsFingerprints()
        ? kindOfFingerprint(bytes, offset)
        : kindOfDer(bytes, offset, window.chainItemLength(i, k));
  }

  private int kindOfDer(byte[] bytes, int offset, int length) {
    int known = memory.find(bytes, offset, length);
    if (known != ChainMemory.ABSENT) {
      return known;
    }
    int kind = Kind.UNREADABLE;
    if (scan.scanCertificate(bytes, offset, length) && scan.spkiOffset() >= 0) {
      sha256.update(bytes, scan.spkiOffset(), scan.spkiLength());
      try {
        sha256.digest(digest, 0, digest.length);
      } catch (DigestException e) {
        throw new AssertionError("32 bytes are enough", e);
      }
      kind = kindOfKey(digest, 0);
      if (kind == Kind.STRANGER && namesWatchedIssuer(bytes)) {
        kind = Kind.WATCHED; // perhaps: a signature decides later
      }
    }
    memory.remember(bytes, offset, length, kind);
    return kind;
  }

  private int kindOfFingerprint(byte[] bytes, int offset) throws InterruptedException {
    int number = setup.index().byFingerprint(bytes, offset);
    if (number != KeyTable.ABSENT) {
      return setup.isWatched(number) ? Kind.WATCHED : Kind.ORDINARY;
    }
    long version = setup.graph().version();
    long remembered = setup.memory().find(bytes, offset);
    if (remembered != KeyTable.ABSENT) {
      int kind = (int) (remembered & 3);
      if (kind != Kind.STRANGER || remembered >> 2 == version) {
        return kind;
      }
    }
    if (failures >= MAX_FAILURES) {
      return Kind.UNREADABLE;
    }
    Hash fingerprint = Hash.copyOf(bytes, offset);
    try {
      Optional<byte[]> der = asked(fingerprint);
      if (der.isEmpty()) {
        // Not remembered: what the log does not give now it may give for the next window.
        failures++;
        return Kind.UNREADABLE;
      }
      int kind = kindOfDer(der.get(), 0, der.get().length);
      setup.memory().remember(fingerprint, version << 2 | kind);
      return kind;
    } catch (SourceException notNow) {
      failures++;
      return Kind.UNREADABLE;
    }
  }

  private int kindOfKey(byte[] hash, int offset) {
    if (setup.rules().keys().find(hash, offset) != KeyTable.ABSENT) {
      return Kind.WATCHED;
    }
    if (setup.owners().find(hash, offset) != KeyTable.ABSENT) {
      return Kind.ORDINARY;
    }
    int learned = setup.graph().find(hash, offset);
    return learned != KeyTable.ABSENT && setup.graph().isWatched(learned)
        ? Kind.WATCHED
        : Kind.STRANGER;
  }

  /** The chain may end below its root, and the root be watched. */
  private boolean namesWatchedIssuer(byte[] bytes) {
    return setup.namesWatchedIssuer(bytes, scan);
  }

  /** The chain of entry {@code i}, up to the first certificate that cannot be read or had. */
  List<CaCertificate> chain(int i) throws InterruptedException {
    EntryWindow window = window();
    List<CaCertificate> chain = new ArrayList<>();
    byte[] bytes = window.bytes();
    for (int k = 0; k < Math.min(window.chainLength(i), MAX_CHAIN); k++) {
      int offset = window.chainOffset(i, k);
      Optional<byte[]> der =
          window.chainIsFingerprints()
              ? fetched(Hash.copyOf(bytes, offset))
              : Optional.of(
                  Arrays.copyOfRange(bytes, offset, offset + window.chainItemLength(i, k)));
      Optional<CaCertificate> certificate = der.flatMap(CaCertificate::of);
      if (certificate.isEmpty()) {
        break;
      }
      chain.add(certificate.get());
    }
    return chain;
  }

  private Optional<byte[]> fetched(Hash fingerprint) throws InterruptedException {
    Optional<CatalogCertificate> known = setup.catalog().certificate(fingerprint);
    byte[] atHand = known.isEmpty() ? null : known.get().der();
    if (atHand != null || failures >= MAX_FAILURES) {
      return Optional.ofNullable(atHand);
    }
    try {
      return asked(fingerprint);
    } catch (SourceException notNow) {
      failures++;
      return Optional.empty();
    }
  }

  private Optional<byte[]> asked(Hash fingerprint) throws SourceException, InterruptedException {
    return switch (issuers.issuer(fingerprint)) {
      case IssuerAnswer.Found(byte[] der) -> Optional.of(der);
      case IssuerAnswer.Missing() -> Optional.empty();
      case IssuerAnswer.Wrong(byte[] given) -> {
        if (wrong.size() < MOST_WRONG) {
          byte[] start = Arrays.copyOf(given, Math.min(given.length, MOST_WRONG_BYTES));
          wrong.add(new WrongIssuer(fingerprint, Hash.sha256(given), start));
        }
        yield Optional.empty();
      }
    };
  }
}
