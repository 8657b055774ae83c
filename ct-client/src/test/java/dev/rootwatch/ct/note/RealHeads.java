package dev.rootwatch.ct.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.note.HeadVerdict.Valid;
import dev.rootwatch.ct.real.SharedData;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Heads that real logs signed, and what must come of them. As a program it prints one line of
 * {@code key=value} pairs.
 */
public final class RealHeads {
  private static final String PARCELYARD =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEP2H56bHx6pPm5mCku6PFpeRuA5Ux0gs8iwXIVhvVdbojs0pPwZqLtlIEoJNbjxMEePTYo/qDW85AjhMJITlavA==";
  private static final String ROME =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPIcer7RB32jt4bTEbhgUKLKvOctFD+I2hoDItFxUBlJiGFvftBuRk3fO7e1T7gC2ekyfL7XoO2oN/ObcZyc4EA==";
  private static final String SYCAMORE_2026H1 =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfEEe0JZknA91/c6eNl1aexgeKzuGQUMvRCXPXg9L227O5I4Pi++Abcpq6qxlVUKPYafAJelAnMfGzv3lHCc8gA==";
  private static final String ARGON_2027H1 =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKHRm0H/zUaFA6Idz5cGvGO3tCPQyfGMgJmVBOPyKAP6mGM1IiNXi4CLomOUyYj0YN74p+eGVApFMsM4h/jzCsA==";
  private static final String PILOT =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfahLEimAoz2t01p3uMziiLOl/fHTDM0YDOhBRuiBARsV4UvxG2LdNgoIGLrtCzWE0J5APC2em4JlvR8EEEFMoA==";

  private static final String CHECKPOINTS = "data/ct/static/checkpoints/";
  private static final String ARGON = "data/ct/rfc6962/argon2027h1/";

  private RealHeads() {}

  /** One stored head. */
  record Case(String file, LogProtocol protocol, String url, String key, boolean valid) {
    HeadVerdict verdict(SharedData shared) {
      CtLog log = CtLog.custom(file, URI.create(url), protocol, LogKey.ofBase64(key));
      return SignedTreeHeads.verify(log, shared.read(file));
    }

    /** With the key alone, as from a coverage file. */
    HeadVerdict verdictByKey(SharedData shared) {
      return SignedTreeHeads.verify(LogKey.ofBase64(key), shared.read(file));
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            CHECKPOINTS + "parcelyard2026h2.checkpoint",
            LogProtocol.STATIC,
            "https://parcelyard2026h2.prod.certificate.transparency.goog/",
            PARCELYARD,
            true),
        new Case(
            CHECKPOINTS + "rome2026h1.checkpoint",
            LogProtocol.STATIC,
            "https://rome2026h1.example.org/",
            ROME,
            true),
        new Case(
            CHECKPOINTS + "rome2026h1-with-witness-cosignature.checkpoint",
            LogProtocol.STATIC,
            "https://rome2026h1.example.org/",
            ROME,
            true),
        // Its key is not known: some other key must not do.
        new Case(
            CHECKPOINTS + "sycamore2024h2-key-not-found.checkpoint",
            LogProtocol.STATIC,
            "https://sycamore.ct.letsencrypt.org/2024h2/",
            SYCAMORE_2026H1,
            false),
        new Case(
            CHECKPOINTS + "sycamore2026h1-grease-BADSIG.checkpoint",
            LogProtocol.STATIC,
            "https://log.sycamore.ct.letsencrypt.org/2026h1/",
            SYCAMORE_2026H1,
            false),
        new Case(
            ARGON + "sth1.json",
            LogProtocol.RFC6962,
            "https://ct.googleapis.com/logs/us1/argon2027h1/",
            ARGON_2027H1,
            true),
        new Case(
            ARGON + "sth2.json",
            LogProtocol.RFC6962,
            "https://ct.googleapis.com/logs/us1/argon2027h1/",
            ARGON_2027H1,
            true),
        new Case(
            "data/ct/rfc6962/ct-go/get-sth-pilot-2014.json",
            LogProtocol.RFC6962,
            "https://ct.googleapis.com/pilot/",
            PILOT,
            true));
  }

  /** Argon2027h1 grew by 6,443 entries between the two heads, and gave this proof. */
  static boolean argonProofVerifies(SharedData shared) {
    SignedTreeHead first = argonHead(shared, "sth1.json");
    SignedTreeHead second = argonHead(shared, "sth2.json");
    String body = new String(shared.read(ARGON + "consistency-384065451-384071894.json"), UTF_8);
    List<Hash> path =
        Pattern.compile("\"([A-Za-z0-9+/]{43}=)\"")
            .matcher(body)
            .results()
            .map(found -> Hash.ofBase64(found.group(1)))
            .toList();
    return path.size() == 23
        && new ConsistencyProof(first.size(), second.size(), path)
            .verifies(first.root(), second.root());
  }

  private static SignedTreeHead argonHead(SharedData shared, String name) {
    for (Case one : cases()) {
      if (one.file().equals(ARGON + name)
          && one.verdict(shared) instanceof Valid(SignedTreeHead head)) {
        return head;
      }
    }
    throw new AssertionError("no valid head in " + name);
  }

  /** Prints key=value pairs; exit 1 when a head is not what it is known to be. */
  public static void main(String[] args) {
    Optional<SharedData> shared = SharedData.find();
    if (shared.isEmpty()) {
      System.out.println("SKIPPED");
      return;
    }
    int valid = 0;
    int invalid = 0;
    boolean asKnown = true;
    for (Case one : cases()) {
      boolean isValid = one.verdict(shared.get()) instanceof Valid;
      valid += isValid ? 1 : 0;
      invalid += isValid ? 0 : 1;
      asKnown &= isValid == one.valid();
    }
    boolean consistent = argonProofVerifies(shared.get());
    System.out.printf(
        "heads_valid=%d heads_invalid=%d heads_as_known=%b consistency_proof=%b%n",
        valid, invalid, asKnown, consistent);
    if (!asKnown || !consistent) {
      System.exit(1);
    }
  }
}
