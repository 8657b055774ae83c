package dev.rootwatch.testlog;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Certificate Transparency log for tests: what it holds, what it has published, what it signs.
 * {@link TestLogServer} puts it on the network.
 *
 * <p>Entries are appended, and become visible when a head that covers them is published. Everything
 * follows from the seed, the name, the clock and the order of calls. Thread-safe.
 */
public final class TestLog {
  private static final byte[] NO_EXTENSIONS = {};

  /** Partial tiles of older heads are gone. */
  private static final int SIZES_REMEMBERED = 10_000;

  private final String name;
  private final LogProtocol protocol;
  private final InstantSource clock;
  private final SigningKey signingKey;
  private final LogKey key;
  private final int entriesPerAnswer;
  private final Filler filler;
  private final Submission unknownEntry;
  private final Faults faults;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final MerkleTree tree = new MerkleTree();
  private final LongColumn timestamps = new LongColumn();
  private final Map<Long, Submission> submissions = new HashMap<>();
  private final Map<Hash, byte[]> issuers = new HashMap<>();
  private final NavigableSet<Long> publishedSizes = new TreeSet<>();
  private final List<OtherHistory> otherHistories = new ArrayList<>();
  private volatile PublishedHead head;

  private TestLog(Builder builder) {
    this.name = builder.name;
    this.protocol = builder.protocol;
    this.clock = builder.clock;
    this.signingKey =
        builder.rsaKey
            ? SigningKey.rsa(builder.seed, "log " + name)
            : SigningKey.ecdsa(builder.seed, "log " + name);
    this.key = LogKey.ofSpki(signingKey.spkiDer());
    this.entriesPerAnswer = builder.entriesPerAnswer;
    OrdinaryAuthorities authorities =
        builder.authorities == null ? OrdinaryAuthorities.of(builder.seed) : builder.authorities;
    this.filler = new Filler(builder.seed, authorities, name);
    authorities.issuingCas().forEach(ca -> remember(ca.chain()));
    this.unknownEntry =
        Submission.ofUnknownType(
            builder.seed.bytes("unknown entry"), authorities.issuingCas().getFirst().chain());
    this.head = sign(clock.millis());
    this.faults = new Faults(this, clock);
  }

  /** A log with this name, which is also the last part of its path: letters, digits, - and _. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  public String name() {
    return name;
  }

  public LogProtocol protocol() {
    return protocol;
  }

  public LogKey key() {
    return key;
  }

  public LogId id() {
    return key.id();
  }

  /** The most entries in one answer of get-entries. */
  public int entriesPerAnswer() {
    return entriesPerAnswer;
  }

  /**
   * What it does wrong on purpose from now on; replaces what was set before. An empty list heals
   * it, though nothing that it signed or took in can be undone. Their times count from now.
   */
  public void misbehave(List<Fault> wanted) {
    writing(() -> {
      otherHistories.clear();
      faults.set(wanted);
      return head;
    });
    if (faults.entries().owesUnknownEntry()) {
      publish();
    }
  }

  /** Takes an entry in at the clock's time; visible after {@link #publish}. Returns its index. */
  public long append(Submission submission) {
    return append(submission, now());
  }

  /** Takes an entry in with a timestamp, in milliseconds since the epoch. Returns its index. */
  public long append(Submission submission, long timestamp) {
    return writing(() -> {
      long index = tree.size();
      submissions.put(index, submission);
      remember(submission.chain());
      add(submission, timestamp);
      return index;
    });
  }

  /** Takes in ordinary certificates at the clock's time. Returns where they went. */
  public EntryRange fill(long count) {
    return fill(count, now(), 0);
  }

  /**
   * Takes in ordinary certificates.
   *
   * @param first timestamp of the first, milliseconds since the epoch
   * @param step milliseconds from one timestamp to the next
   */
  public EntryRange fill(long count, long first, long step) {
    return writing(() -> {
      long from = tree.size();
      for (long i = 0; i < count; i++) {
        long timestamp = first + i * step;
        add(filler.at(from + i, timestamp), timestamp);
      }
      return new EntryRange(from, from + count);
    });
  }

  /** Signs a head over all entries at the clock's time and shows it. */
  public PublishedHead publish() {
    if (faults.entries().takeUnknownEntry()) {
      append(unknownEntry);
    }
    return writing(() -> {
      PublishedHead signed = sign(clock.millis());
      publishedSizes.add(signed.size());
      if (publishedSizes.size() > SIZES_REMEMBERED) {
        publishedSizes.pollFirst();
      }
      head = signed;
      return signed;
    });
  }

  /** The head that is shown now. */
  public PublishedHead head() {
    return head;
  }

  /** How many entries there are, published or not. */
  public long appended() {
    return reading(tree::size);
  }

  /** The Merkle tree hash over the first {@code size} entries. */
  public Hash root(long size) {
    return writing(() -> Hash.of(tree.root(size)));
  }

  /** The Merkle leaf hash of an entry. */
  public Hash leafHash(long index) {
    return reading(() -> Hash.of(tree.leafHash(index)));
  }

  /** The entry at an index, as it was submitted or made up. */
  public Submission entry(long index) {
    Submission submitted = reading(() -> submissions.get(index));
    return submitted == null ? filler.at(index, timestamp(index)) : submitted;
  }

  /** The entry at an index, as the tree has it. */
  TreeLeaf leaf(long index) {
    return new TreeLeaf(entry(index), timestamp(index), extensions(index));
  }

  /** When an entry was taken in, milliseconds since the epoch. */
  public long timestamp(long index) {
    return reading(() -> timestamps.get(index));
  }

  List<byte[]> inclusionProof(long index, long size) {
    return writing(() -> shownTree().path(index, size));
  }

  List<byte[]> consistencyProof(long first, long second) {
    return writing(() -> shownTree().proof(first, second));
  }

  long indexOf(byte[] leafHash, long size) {
    return reading(() -> shownTree().indexOf(leafHash, size));
  }

  /** Whether a head was published whose right edge is this partial tile. */
  boolean isRightEdge(TilePath partial) {
    long first = (256 * partial.number() + partial.width()) << (8 * partial.level());
    long next = first + (1L << (8 * partial.level()));
    return reading(() -> {
      Long size = publishedSizes.ceiling(first);
      return size != null && size < next;
    });
  }

  /** {@code width} hashes of the tile {@code tile/<level>/<number>}, static-ct-api. */
  byte[] hashTile(int level, long number, int width) {
    return reading(() -> {
      MerkleTree shown = shownTree();
      Bytes hashes = new Bytes(width * Hash.BYTES);
      for (int i = 0; i < width; i++) {
        hashes.raw(shown.subtree(8 * level, 256 * number + i));
      }
      return hashes.toArray();
    });
  }

  byte @Nullable [] issuer(Hash fingerprint) {
    return reading(() -> issuers.get(fingerprint));
  }

  List<byte[]> issuers() {
    return reading(() -> List.copyOf(issuers.values()));
  }

  Faults faults() {
    return faults;
  }

  /** A head that this log signs, true or not. */
  PublishedHead signed(long size, Hash root, long timestamp) {
    byte[] message = PublishedHead.signedBytes(timestamp, size, root);
    return new PublishedHead(size, root, timestamp, signingKey.sign(message));
  }

  /** A head of another history. */
  PublishedHead signed(OtherHistory history, long size, long timestamp) {
    Hash root = writing(() -> Hash.of(history.tree().root(size)));
    return signed(size, root, timestamp);
  }

  /** What the log would be with another entry at an index; goes on with the log from now on. */
  OtherHistory otherHistory(long index) {
    return writing(() -> {
      OtherHistory other = new OtherHistory(index, new MerkleTree());
      for (long i = 0; i < tree.size(); i++) {
        other.tree().append(i == index ? other.leaf(i, leaf(i)).hash() : tree.leafHash(i));
      }
      otherHistories.add(other);
      return other;
    });
  }

  /** The CtExtensions of an entry: a static log numbers its leaves, an RFC 6962 log does not. */
  byte[] extensions(long index) {
    // struct { ExtensionType leaf_index (0); uint16 length; uint40 leaf_index; }, static-ct-api
    return protocol == LogProtocol.STATIC
        ? new Bytes(8).uint8(0).uint16(5).uint40(index).toArray()
        : NO_EXTENSIONS;
  }

  private void add(Submission submission, long timestamp) {
    long index = tree.size();
    TreeLeaf leaf = new TreeLeaf(submission, timestamp, extensions(index));
    byte[] hash = leaf.hash();
    tree.append(hash);
    timestamps.add(timestamp);
    for (OtherHistory other : otherHistories) {
      other.tree().append(index == other.index() ? other.leaf(index, leaf).hash() : hash);
    }
  }

  private void remember(IssuerChain chain) {
    for (int i = 0; i < chain.certificates().size(); i++) {
      issuers.putIfAbsent(chain.fingerprints().get(i), chain.certificates().get(i));
    }
  }

  private PublishedHead sign(long timestamp) {
    return signed(tree.size(), Hash.of(tree.root(tree.size())), timestamp);
  }

  private long now() {
    return faults.now().toEpochMilli();
  }

  private MerkleTree shownTree() {
    OtherHistory fork = faults.heads().fork();
    return fork == null ? tree : fork.tree();
  }

  private <T> T reading(Supplier<T> action) {
    return locked(lock.readLock(), action);
  }

  /** Also for what uses the tree's hasher. */
  private <T> T writing(Supplier<T> action) {
    return locked(lock.writeLock(), action);
  }

  private static <T> T locked(Lock lock, Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** How a log is to be. */
  public static final class Builder {
    private final String name;
    private Seed seed = new Seed(1);
    private LogProtocol protocol = LogProtocol.RFC6962;
    private InstantSource clock = InstantSource.system();
    private int entriesPerAnswer = 256;
    private boolean rsaKey;
    private @Nullable OrdinaryAuthorities authorities;

    private Builder(String name) {
      if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new IllegalArgumentException(
            "not a log name: \"" + name + "\"; use 1 to 64 letters, digits, - and _");
      }
      this.name = name;
    }

    /** Where keys and filler come from; 1 unless set. */
    public Builder seed(Seed value) {
      this.seed = value;
      return this;
    }

    /** How it is read; RFC 6962 unless set. */
    public Builder protocol(LogProtocol value) {
      this.protocol = value;
      return this;
    }

    /** Gives entries and heads their timestamps; the system's unless set. */
    public Builder clock(InstantSource value) {
      this.clock = value;
      return this;
    }

    /** The most entries in one answer of get-entries, at least 1; 256 unless set. */
    public Builder entriesPerAnswer(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("entries per answer must be 1 or more, not " + value);
      }
      this.entriesPerAnswer = value;
      return this;
    }

    /** Signs with RSA PKCS#1 instead of ECDSA. */
    public Builder rsaKey() {
      this.rsaKey = true;
      return this;
    }

    /** Who issues the filler, to be shared between logs; made from the seed unless set. */
    public Builder authorities(OrdinaryAuthorities value) {
      this.authorities = value;
      return this;
    }

    public TestLog build() {
      return new TestLog(this);
    }
  }
}
