package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.name.DomainTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks for anything watched inside bytes that cannot be read: the hash of a key or certificate, a
 * key identifier, a domain. What might be a match alerts.
 */
final class MalformedSearch {
  /** A leaf of RFC 6962 has at most 16 MiB; so much of one is looked through. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int KEY_ID = 20;

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

  Found search(byte[] bytes, int offset, int length) {
    Found found = new Found();
    AuthorityIndex index = setup.index();
    int end = offset + Math.min(length, MAX_BYTES);
    if (setup.rules().keys().size() > 0) {
      for (int at = offset; at + KEY_ID <= end; at++) {
        if (at + Hash.BYTES <= end) {
          found.addKey(index.byKey(bytes, at));
          int certificate = index.byFingerprint(bytes, at);
          if (certificate != KeyTable.ABSENT) {
            found.addKey(certificate);
          }
        }
        for (int number : index.byKeyId(bytes, at, KEY_ID)) {
          found.addKey(number);
        }
      }
    }
    DomainTable domains = setup.rules().domains();
    if (!domains.isEmpty()) {
      NameWalk.search(domains, bytes, offset, end - offset, found.domains);
    }
    return found;
  }
}
