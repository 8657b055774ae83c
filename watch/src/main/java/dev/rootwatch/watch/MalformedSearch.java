package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.name.DomainTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks for anything watched inside bytes that cannot be read: a key, its hash, its identifier, the
 * name or the hash of a certificate of it, a domain. What might be a match alerts.
 */
final class MalformedSearch {
  /** A leaf of RFC 6962 has at most 16 MiB; so much of one is looked through. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int KEY_ID = 20;
  private static final byte SEQUENCE = 0x30;
  private static final byte BIT_STRING = 0x03;

  /** The largest keys in use, ML-DSA-87, have 2.6 kB. */
  private static final int MAX_KEY = 8192;

  /** Of one entry so many bytes are hashed, however many keys seem to stand in it. */
  private static final int MAX_HASHED = 4 << 20;

  private final ExaminerSetup setup;

  MalformedSearch(ExaminerSetup setup) {
    this.setup = setup;
  }

  /** What was found. */
  final class Found {
    private final TreeSet<Integer> keys = new TreeSet<>();
    private final boolean[] domains = new boolean[setup.rules().domains().size()];

    void addKey(int number) {
      if (setup.isWatched(number)) {
        keys.add(number);
      }
    }

    /** Rules of which some condition was found; both need not hold where nothing can be read. */
    List<Rule> rules() {
      RuleSet rules = setup.rules();
      boolean[] matching = new boolean[rules.rules().size()];
      for (int key : keys) {
        for (int rule : rules.rulesOfKey(key)) {
          matching[rule] = true;
        }
      }
      for (int d = 0; d < domains.length; d++) {
        matching[rules.ruleOfDomain(d)] |= domains[d];
      }
      List<Rule> found = new ArrayList<>();
      for (int r = 0; r < matching.length; r++) {
        if (matching[r]) {
          found.add(rules.rules().get(r));
        }
      }
      return found;
    }

    String description() {
      List<String> parts = new ArrayList<>();
      keys.forEach(key -> parts.add("key " + setup.index().authority(key).key()));
      for (int d = 0; d < domains.length; d++) {
        if (domains[d]) {
          parts.add("domain " + setup.rules().domains().domain(d).text());
        }
      }
      return String.join(", ", parts);
    }
  }

  /** Nothing found so far. */
  Found found() {
    return new Found();
  }

  void search(byte[] bytes, Found found) {
    search(bytes, 0, bytes.length, found);
  }

  void search(byte[] bytes, int offset, int length, Found found) {
    int end = offset + Math.min(length, MAX_BYTES);
    if (setup.rules().keys().size() > 0) {
      int hashed = 0;
      for (int at = offset; at < end; at++) {
        authorities(bytes, at, end, found);
        if (bytes[at] == SEQUENCE) {
          int elementEnd = elementEnd(bytes, at, end);
          name(bytes, at, elementEnd, found);
          if (hashed < MAX_HASHED && isKey(bytes, at, elementEnd)) {
            hashed += elementEnd - at;
            found.addKey(setup.index().byKey(Hash.sha256(bytes, at, elementEnd - at)));
          }
        }
      }
    }
    DomainTable domains = setup.rules().domains();
    if (!domains.isEmpty()) {
      NameWalk.search(domains, bytes, offset, end - offset, found.domains);
    }
  }

  /** What stands there as it is: hashes, key identifiers, the bits of a key. */
  private void authorities(byte[] bytes, int at, int end, Found found) {
    AuthorityIndex index = setup.index();
    if (at + Hash.BYTES <= end) {
      found.addKey(index.byKey(bytes, at));
      found.addKey(index.byFingerprint(bytes, at));
      found.addKey(index.byKeyBits(bytes, at));
    }
    if (at + KEY_ID <= end) {
      for (int number : index.byKeyId(bytes, at, KEY_ID)) {
        found.addKey(number);
      }
    }
  }

  private void name(byte[] bytes, int at, int elementEnd, Found found) {
    if (elementEnd > at) {
      for (int number : setup.index().byName(bytes, at, elementEnd - at)) {
        found.addKey(number);
      }
    }
  }

  /** {@code SEQUENCE { SEQUENCE, BIT STRING }}, not longer than keys are. */
  private static boolean isKey(byte[] bytes, int at, int elementEnd) {
    if (elementEnd < 0 || elementEnd - at > MAX_KEY) {
      return false;
    }
    int algorithm = contentStart(bytes, at);
    if (algorithm >= elementEnd || bytes[algorithm] != SEQUENCE) {
      return false;
    }
    int bits = elementEnd(bytes, algorithm, elementEnd);
    return bits > 0
        && bits < elementEnd
        && bytes[bits] == BIT_STRING
        && elementEnd(bytes, bits, elementEnd) == elementEnd;
  }

  /** Where the DER element at {@code at} ends; -1 when it does not fit. */
  private static int elementEnd(byte[] bytes, int at, int end) {
    int start = contentStart(bytes, at);
    if (at + 2 > end || start > end || start < 0) {
      return -1;
    }
    int length = bytes[at + 1];
    if (length < 0) {
      length = 0;
      for (int i = at + 2; i < start; i++) {
        length = length << 8 | (bytes[i] & 0xff);
      }
    }
    return length >= 0 && length <= end - start ? start + length : -1;
  }

  /** Where its content begins; -1 when the length is written as no name's or key's is. */
  private static int contentStart(byte[] bytes, int at) {
    if (at + 1 >= bytes.length) {
      return -1;
    }
    int first = bytes[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : first > 0x80 && first <= 0x83 ? at + 2 + first - 0x80 : -1;
  }
}
