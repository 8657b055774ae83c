package dev.rootwatch.watch.authority;

import dev.rootwatch.ct.Hash;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Who stands below the known authorities, as far as certificates that we met prove it: edges from a
 * child's key to the key that signed it. Only who has verified the signature may add an edge, and
 * only below a key that is known: one of the index, or one learned before. So nobody without such a
 * key can add anything, and somebody with one is held by limits.
 *
 * <p>A key that stands for itself is never learned: one that the owner table knows, or that the
 * catalog says is somebody else's. Cross-signing needs no consent, and what a watched CA
 * cross-signed is not its issuance. Edges only ever add findings; none takes one away.
 *
 * <p>Look-ups create no object and never wait. What was learned is to be stored with the next step
 * of any log ({@link #unsaved}): until that is committed, it is told again.
 */
public final class AuthorityGraph {
  /** Paths longer or more than these are not followed: chains of strangers are ours to bound. */
  private static final int LONGEST_PATH = 10;

  private static final int MOST_PATHS = 16;

  /** Of authorities that share a name or a key identifier so many are tried. */
  private static final int MOST_CANDIDATES = 16;

  /**
   * What the graph holds at most.
   *
   * @param edges certificates in all
   * @param perParent certificates that one key signed
   * @param perKey certificates over one key
   * @param bytes of one certificate
   */
  public record Limits(int edges, int perParent, int perKey, int bytes) {
    /** Some ten megabytes; the largest real families have some hundred subordinates. */
    public static final Limits STANDARD = new Limits(16_384, 1_024, 16, 8_192);
  }

  /** What became of an edge. */
  public enum Outcome {
    LEARNED,
    /** It was here before. */
    KNOWN,
    /** Not believed to be a CA's: basicConstraints does not say so. */
    NOT_A_CA,
    /** The key is known, by the catalog, a rule or the owner table. */
    STANDS_FOR_ITSELF,
    /** The key that signed it is not known either. */
    APART,
    /** A limit keeps it out, which {@link #refused} counts. */
    FULL
  }

  /** A certificate over a learned key, and who signed it. */
  public record Edge(Hash certificate, Hash issuerKey, Instant notBefore, Instant notAfter) {}

  /**
   * A learned key, as it is now.
   *
   * @param number of the authority of the index that it reaches, a watched one where there is one
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, read-only
  public record Authority(Hash key, byte[] spki, String name, int number, List<Edge> edges) {}

  /**
   * What is to be stored.
   *
   * @param edges in the order in which they were learned
   * @param watched keys that rules watch since then: what they issued before was not looked for
   */
  public record Unsaved(List<LearnedAuthority> edges, Set<Hash> watched) {
    public Unsaved {
      edges = List.copyOf(edges);
      watched = Set.copyOf(watched);
    }

    public boolean isEmpty() {
      return edges.isEmpty() && watched.isEmpty();
    }
  }

  private static final class Node {
    private final Hash key;
    private final byte[] spki;
    private final String name;
    private final int place;
    private volatile List<Edge> edges = List.of();
    private final List<Node> children = new ArrayList<>();
    private volatile int reaches = KeyTable.ABSENT;

    /** The key above over which it reaches that. Leads upward, for what is above was so before. */
    private volatile Hash via;

    private volatile long since;

    Node(CaCertificate certificate, int place, Hash via) {
      this.via = via;
      this.key = certificate.spkiSha256();
      this.spki = certificate.spki();
      this.name = CaCertificate.shortName(certificate.subject());
      this.place = place;
    }
  }

  private final AuthorityIndex index;
  private final Predicate<Hash> standsForItself;
  private final IntPredicate isWatched;
  private final Limits limits;

  private final GrowingKeyTable keys = new GrowingKeyTable();
  private final GrowingSliceTable keyIds = new GrowingSliceTable();
  private final GrowingSliceTable names = new GrowingSliceTable();
  private final IntPredicate watchedPlace = this::isWatched;
  private volatile Node[] nodes = new Node[64];
  private volatile long version;

  // Guarded by this.
  private final Set<Hash> certificates = new HashSet<>();
  private final Map<Hash, Integer> signed = new HashMap<>();
  private final Map<Hash, LearnedAuthority> unsavedEdges = new LinkedHashMap<>();
  private final Set<Hash> unsavedWatched = new LinkedHashSet<>();
  private final Set<Hash> fullParents = new LinkedHashSet<>();
  private long refused;

  /**
   * An empty graph.
   *
   * @param index the authorities that are known
   * @param standsForItself keys that are nobody's subordinate to us
   * @param isWatched which numbers of the index rules watch
   */
  public AuthorityGraph(
      AuthorityIndex index,
      Predicate<Hash> standsForItself,
      IntPredicate isWatched,
      Limits limits) {
    this.index = index;
    this.standsForItself = standsForItself;
    this.isWatched = isWatched;
    this.limits = limits;
  }

  // --- look-ups

  /** The place of a learned key whose SHA-256 stands at {@code offset}; else ABSENT. */
  public int find(byte[] bytes, int offset) {
    return keys.find(bytes, offset);
  }

  /** The place of a learned key; {@link KeyTable#ABSENT} when it is not one. */
  public int find(Hash key) {
    return keys.find(key);
  }

  /** Whether the learned key at a place reaches an authority that rules watch. */
  public boolean isWatched(int place) {
    return isWatched.test(nodes[place].reaches);
  }

  /** The version of the graph since which the key at a place reaches what it reaches. */
  public long since(int place) {
    return nodes[place].since;
  }

  /** Grows with each edge. */
  public long version() {
    return version;
  }

  /** Whether a key identifier is that of a learned authority that rules watch. */
  public boolean isWatchedKeyId(byte[] bytes, int offset, int length) {
    return keyIds.anyMatch(bytes, offset, length, watchedPlace);
  }

  /** Whether a DER name is that of a learned authority that rules watch. */
  public boolean isWatchedName(byte[] bytes, int offset, int length) {
    return names.anyMatch(bytes, offset, length, watchedPlace);
  }

  /** Learned authorities with a key identifier, the first few. */
  public int[] byKeyId(byte[] bytes, int offset, int length) {
    return keyIds.find(bytes, offset, length, MOST_CANDIDATES);
  }

  /** Learned authorities with a DER name, the first few. */
  public int[] byName(byte[] bytes, int offset, int length) {
    return names.find(bytes, offset, length, MOST_CANDIDATES);
  }

  /** The learned authority at a place. */
  public Authority authority(int place) {
    Node node = nodes[place];
    return new Authority(node.key, node.spki, node.name, node.reaches, node.edges);
  }

  /** How many keys were learned. */
  public int size() {
    return keys.size();
  }

  /** Learned keys that reach an authority that rules watch. */
  public synchronized List<Hash> watchedKeys() {
    List<Hash> watched = new ArrayList<>();
    for (int place = 0; place < keys.size(); place++) {
      if (isWatched(place)) {
        watched.add(nodes[place].key);
      }
    }
    return watched;
  }

  /**
   * Every path of keys from a learned key to keys of the index, both ends included: the one to what
   * {@link Authority#number} names, then those to watched ones, then the shorter ones; a limited
   * number.
   */
  public List<List<Hash>> paths(int place) {
    List<List<Hash>> watched = new ArrayList<>(List.of(path(nodes[place])));
    List<List<Hash>> others = new ArrayList<>();
    Deque<List<Hash>> open = new ArrayDeque<>();
    open.add(List.of(nodes[place].key));
    for (int steps = 0; !open.isEmpty() && steps < MOST_PATHS * LONGEST_PATH; steps++) {
      List<Hash> path = open.remove();
      Node last = nodes[keys.find(path.getLast())];
      for (Edge edge : last.edges) {
        if (path.contains(edge.issuerKey())) {
          continue;
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(edge.issuerKey());
        int number = index.byKey(edge.issuerKey());
        List<List<Hash>> ends = isWatched.test(number) ? watched : others;
        if (number == KeyTable.ABSENT) {
          if (longer.size() < LONGEST_PATH) {
            open.add(longer);
          }
        } else if (ends.size() < MOST_PATHS
            && !ends.contains(longer)
            && !longer.equals(watched.getFirst())) {
          ends.add(List.copyOf(longer));
        }
      }
    }
    watched.addAll(others);
    return watched.size() <= MOST_PATHS ? watched : watched.subList(0, MOST_PATHS);
  }

  private List<Hash> path(Node from) {
    List<Hash> path = new ArrayList<>(List.of(from.key));
    Node node = from;
    while (true) {
      Hash above = node.via;
      path.add(above);
      int place = keys.find(above);
      if (place == KeyTable.ABSENT) {
        return List.copyOf(path);
      }
      node = nodes[place];
    }
  }

  // --- learning

  /**
   * Takes an edge in. The signature of {@code child} under the issuer's key is the caller's to
   * verify, before.
   */
  public synchronized Outcome learn(CaCertificate child, Hash issuerKey) {
    Outcome outcome = add(child, issuerKey);
    if (outcome == Outcome.LEARNED) {
      unsavedEdges.put(child.sha256(), new LearnedAuthority(child, issuerKey));
    }
    return outcome;
  }

  /**
   * Takes in what was stored, parents before children as they were learned. What no longer touches
   * a known authority, or by now stands for itself, stays out.
   */
  public synchronized void load(List<LearnedAuthority> stored) {
    for (LearnedAuthority edge : stored) {
      add(edge.certificate(), edge.issuerKey());
    }
    unsavedWatched.clear(); // whoever loads says which keys are watched
  }

  private Outcome add(CaCertificate child, Hash issuerKey) {
    Hash key = child.spkiSha256();
    if (!child.isCa()) {
      return Outcome.NOT_A_CA;
    }
    if (key.equals(issuerKey) || index.byKey(key) != KeyTable.ABSENT || standsForItself.test(key)) {
      return Outcome.STANDS_FOR_ITSELF;
    }
    int known = index.byKey(issuerKey);
    int parent = keys.find(issuerKey);
    if (known == KeyTable.ABSENT && parent == KeyTable.ABSENT) {
      return Outcome.APART;
    }
    if (certificates.contains(child.sha256())) {
      return Outcome.KNOWN;
    }
    int place = keys.find(key);
    if (isFull(child, issuerKey, place)) {
      refused++;
      if (fullParents.size() < MOST_CANDIDATES) {
        fullParents.add(issuerKey);
      }
      return Outcome.FULL;
    }
    certificates.add(child.sha256());
    signed.merge(issuerKey, 1, Integer::sum);
    long next = version + 1;
    version = next;
    Node node = place == KeyTable.ABSENT ? newNode(child, issuerKey) : nodes[place];
    List<Edge> edges = new ArrayList<>(node.edges);
    edges.add(new Edge(child.sha256(), issuerKey, child.notBefore(), child.notAfter()));
    node.edges = List.copyOf(edges);
    if (parent != KeyTable.ABSENT) {
      nodes[parent].children.add(node);
    }
    reached(node, issuerKey, known != KeyTable.ABSENT ? known : nodes[parent].reaches);
    if (place == KeyTable.ABSENT) {
      keys.add(key); // last: from now on it is found
    }
    name(child, node.place);
    return Outcome.LEARNED;
  }

  private boolean isFull(CaCertificate child, Hash issuerKey, int place) {
    return child.der().length > limits.bytes()
        || certificates.size() >= limits.edges()
        || signed.getOrDefault(issuerKey, 0) >= limits.perParent()
        || (place != KeyTable.ABSENT && nodes[place].edges.size() >= limits.perKey())
        || depth(issuerKey) >= LONGEST_PATH - 1;
  }

  private int depth(Hash key) {
    int place = keys.find(key);
    return place == KeyTable.ABSENT ? 1 : path(nodes[place]).size();
  }

  private Node newNode(CaCertificate child, Hash issuerKey) {
    int place = keys.size();
    Node node = new Node(child, place, issuerKey);
    Node[] all = place < nodes.length ? nodes : Arrays.copyOf(nodes, 2 * place);
    all[place] = node;
    nodes = all;
    return node;
  }

  private void name(CaCertificate child, int place) {
    child.subjectNames().forEach(name -> names.add(name, place));
    if (child.ski() != null) {
      keyIds.add(child.ski(), place);
    }
  }

  /** What a key reaches, its children reach. A watched authority is never given up for another. */
  private void reached(Node first, Hash issuerKey, int number) {
    boolean better =
        first.reaches == KeyTable.ABSENT
            || (isWatched.test(number) && !isWatched.test(first.reaches));
    if (!better) {
      return;
    }
    first.via = issuerKey;
    first.reaches = number;
    first.since = version;
    if (isWatched.test(number)) {
      unsavedWatched.add(first.key);
    }
    // Not deeper than a chain of certificates is let grow.
    first.children.forEach(child -> reached(child, first.key, number));
  }

  // --- storing

  /** What no commit has stored yet. */
  public synchronized Unsaved unsaved() {
    return new Unsaved(List.copyOf(unsavedEdges.values()), unsavedWatched);
  }

  /** A commit has stored it. */
  public synchronized void saved(Unsaved stored) {
    stored.edges().forEach(edge -> unsavedEdges.remove(edge.certificate().sha256()));
    unsavedWatched.removeAll(stored.watched());
  }

  /**
   * Edges that a limit kept out.
   *
   * @param count how often since the start, repeats included
   * @param parents the keys that signed them, the first few
   */
  public record Refused(long count, List<Hash> parents) {}

  /** What was kept out so far; empty when nothing was. */
  public synchronized Optional<Refused> refused() {
    return refused == 0
        ? Optional.empty()
        : Optional.of(new Refused(refused, List.copyOf(fullParents)));
  }

  public Limits limits() {
    return limits;
  }
}
