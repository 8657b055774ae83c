package dev.rootwatch.watch;

import com.github.luben.zstd.ZstdInputStream;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.IncludedRoots;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.authority.Pem;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.RootInclusion;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Whose leaves does the catalog mean? Under the key of every CA certificate of a pool a leaf is put
 * into a log, with the chain that verifies within the pool, and examined with one rule a family;
 * what matches is compared with what the research beside the project says stands below which
 * family. Every CA certificate itself is examined, too. Then all of it again with a catalog that
 * knows roots only, so that each subordinate has to be recognised by the signatures of its chain.
 *
 * <p>The argument is the folder of the research. Prints what `checks/catalog-pool` says, and tables
 * and misses to standard error; exit code 1 when anything is flagged that should not be, or a
 * subordinate is missed that the whole catalog knows.
 */
public final class CatalogPool {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final int LONGEST_CHAIN = 8;
  private static final int WINDOW = 128;
  private static final String ANY = "any";

  private final List<CaCertificate> pool = new ArrayList<>();
  private final Map<String, List<CaCertificate>> bySubject = new HashMap<>();
  private final Map<String, Set<Hash>> truth = new TreeMap<>();
  private final Map<String, Set<Hash>> maybe = new TreeMap<>();
  private final Map<String, Set<Hash>> rootsOf = new TreeMap<>();
  private final Set<String> notForCause = new HashSet<>();
  private final Set<Hash> exempt = new HashSet<>();
  private final Set<CrossSign> crossSigned = new LinkedHashSet<>();

  /** A key of somebody else that a family's key signed. */
  private record CrossSign(String family, Hash key, Hash issuer) {}

  private final IssuerSignature signatures = new IssuerSignature();
  private final Map<CaCertificate, List<CaCertificate>> signers = new HashMap<>();
  private final CtLog log = TestWindow.log();
  private final byte[] leaf;
  private int problems;

  private CatalogPool(Path shared) throws Exception {
    readPool(shared);
    readTruth(shared.resolve("catalog"));
    leaf = TestCa.root("CN=Somebody").leaf("leaf.example").precertificate();
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    CatalogPool check = new CatalogPool(Path.of(args[0]));
    Catalog whole = Catalog.bundled();
    OwnerTable owners = OwnerTable.bundled();
    Outcome all = check.issuers(whole, owners);
    check.table("whole catalog", all);
    check.problems += all.falsePositives + all.missed;
    CaCertificates certificates = check.certificates(whole, owners);
    Outcome withheld = check.issuers(check.rootsAlone(whole), IncludedRoots.only());
    check.table("subordinates withheld", withheld);
    check.misses(withheld);
    check.problems += withheld.falsePositives;
    System.out.printf(
        "certificates=%d families=%d false=%d missed=%d exempt_flagged=%d cross_sign=%d/%d"
            + " ca_false=%d withheld_recall=%.3f withheld_missed=%d withheld_false=%d%n",
        check.pool.size(),
        check.truth.size(),
        all.falsePositives,
        all.missed,
        all.exemptFlagged,
        certificates.crossSigns,
        certificates.crossSignsExpected,
        certificates.wrong,
        withheld.found / (double) (withheld.found + withheld.missed),
        withheld.missed,
        withheld.falsePositives);
    System.exit(check.problems == 0 ? 0 : 1);
  }

  // --- what is known

  private void readPool(Path shared) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (InputStream in =
        new ZstdInputStream(
            new BufferedInputStream(
                Files.newInputStream(shared.resolve("data/roots/ca-pool.pem.zst"))))) {
      files.add(in.readAllBytes());
    }
    try (Stream<Path> roots = Files.list(shared.resolve("catalog/roots"))) {
      for (Path file : roots.filter(path -> path.toString().endsWith(".pem")).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    Set<Hash> seen = new HashSet<>();
    for (byte[] file : files) {
      for (Pem.Block block : Pem.certificates(file)) {
        Optional<CaCertificate> read = Optional.ofNullable(block.der()).flatMap(CaCertificate::of);
        // Some files have leaves, too, under whose keys nothing can be issued.
        if (read.isPresent() && isCa(read.get()) && seen.add(read.get().sha256())) {
          add(read.get());
        }
      }
    }
  }

  private void add(CaCertificate certificate) {
    pool.add(certificate);
    for (byte[] name : certificate.subjectNames()) {
      bySubject.computeIfAbsent(text(name), _ -> new ArrayList<>()).add(certificate);
    }
  }

  private static boolean isCa(CaCertificate certificate) {
    return ScannedCertificate.ofCertificate(certificate.der())
        .map(scanned -> scanned.scan().isCa() || scanned.subjectIsIssuer())
        .orElse(false);
  }

  /**
   * The research lists no subordinates of some families, of roots that nobody lost confidence in:
   * what verifies below such a root may be told as the family's, and need not be.
   */
  private void addUnlisted(Set<String> listed, OwnerTable owners) {
    for (String family : rootsOf.keySet()) {
      Set<Hash> keys = new HashSet<>(truth.getOrDefault(family, Set.of()));
      boolean more = !listed.contains(family);
      while (more) {
        more = false;
        for (CaCertificate certificate : pool) {
          more |=
              !owners.isIncludedRoot(certificate.spkiSha256())
                  && signers(certificate).stream()
                      .anyMatch(signer -> keys.contains(signer.spkiSha256()))
                  && keys.add(certificate.spkiSha256());
        }
      }
      maybe.put(family, keys);
    }
  }

  private void readTruth(Path research) throws IOException {
    JsonNode facts = new YAMLMapper().readTree(research.resolve("distrust.yaml").toFile());
    for (JsonNode family : facts.get("families")) {
      String id = family.get("id").asString();
      if (Set.of("lifecycle", "voluntary-exit").contains(family.get("category").asString())) {
        notForCause.add(id);
      }
      for (String list : List.of("roots", "intermediates")) {
        for (JsonNode root : family.path(list)) {
          if (root.path("spki_sha256").isString()) {
            Hash key = Hash.ofHex(root.get("spki_sha256").asString());
            truth.computeIfAbsent(id, _ -> new HashSet<>()).add(key);
            rootsOf.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(key);
          }
        }
      }
    }
    Set<String> listed = new HashSet<>();
    for (String line :
        Files.readAllLines(research.resolve("distrust-subordinates.csv"), StandardCharsets.UTF_8)) {
      List<String> cells = cells(line);
      switch (cells.get(1)) {
        case "subordinate" -> {
          listed.add(cells.getFirst());
          truth
              .computeIfAbsent(cells.getFirst(), _ -> new HashSet<>())
              .add(Hash.ofHex(cells.get(4)));
        }
        case "exempt" -> exempt.add(Hash.ofHex(cells.get(4)));
        case "foreign-root-cross-signed" ->
            crossSigned.add(
                new CrossSign(
                    cells.getFirst(), Hash.ofHex(cells.get(4)), Hash.ofHex(cells.get(6))));
        default -> {} // the heading, and the bridge, which is not descended
      }
    }
    addUnlisted(listed, OwnerTable.bundled());
  }

  /** RFC 4180, of which the file uses quotes around commas. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /** The families of the catalog with their roots' keys and nothing else. */
  private Catalog rootsAlone(Catalog whole) throws Exception {
    StringBuilder yaml =
        new StringBuilder("schema: rootwatch.catalog/v1\nversion: roots\nfamilies:\n");
    for (Family family : whole.families()) {
      Set<Hash> roots = new LinkedHashSet<>(rootsOf.getOrDefault(family.id(), Set.of()));
      if (roots.isEmpty()) {
        roots.add(
            family.keys().isEmpty()
                ? Hash.sha256(new byte[0])
                : family.keys().getFirst().spkiSha256());
      }
      yaml.append("- id: ").append(family.id()).append("\n  owner: somebody\n  category: ");
      boolean forCause = roots.stream().anyMatch(whole::hasEventForCause);
      yaml.append(forCause ? "mis-issuance" : "lifecycle");
      yaml.append("\n  keys: [");
      yaml.append(
          String.join(
              ", ",
              roots.stream().map(key -> "{spkiSha256: " + key + ", evidence: quoted}").toList()));
      if (family.id().equals("symantec")) {
        yaml.append("]\n  exempt: [");
        yaml.append(
            String.join(", ", exempt.stream().map(key -> "{spkiSha256: " + key + "}").toList()));
      }
      yaml.append("]\n  events: [{program: mozilla, kind: removed, effective: 2020-01-01}]\n");
    }
    return whole.withOverlay(
        "roots",
        yaml.toString().getBytes(StandardCharsets.UTF_8),
        name -> {
          throw new IOException("no file is needed: " + name);
        });
  }

  // --- leaves

  private static final class Outcome {
    private final Map<String, int[]> families = new TreeMap<>(); // found, missed, false
    private final List<CaCertificate> misses = new ArrayList<>();
    private int found;
    private int missed;
    private int falsePositives;
    private int exemptFlagged;
  }

  /** A leaf under the key of each CA of the pool. */
  private Outcome issuers(Catalog catalog, OwnerTable owners) throws Exception {
    ExaminerSetup setup = setup(catalog, owners);
    Outcome outcome = new Outcome();
    for (int from = 0; from < pool.size(); from += WINDOW) {
      List<CaCertificate> part = pool.subList(from, Math.min(pool.size(), from + WINDOW));
      TestWindow window = new TestWindow();
      for (CaCertificate issuer : part) {
        window.precertificate(issuer.spkiSha256(), leaf, chain(issuer));
      }
      Map<Integer, Set<String>> rules = new HashMap<>();
      for (Finding finding : examined(setup, window)) {
        rules
            .computeIfAbsent((int) (finding.index() - 1000), _ -> new HashSet<>())
            .addAll(finding.rules());
      }
      for (int i = 0; i < part.size(); i++) {
        count(part.get(i), rules.getOrDefault(i, Set.of()), outcome);
      }
    }
    return outcome;
  }

  private void count(CaCertificate issuer, Set<String> rules, Outcome outcome) {
    Hash key = issuer.spkiSha256();
    boolean wanted = false;
    for (Map.Entry<String, Set<Hash>> family : truth.entrySet()) {
      int[] counts = outcome.families.computeIfAbsent(family.getKey(), _ -> new int[3]);
      boolean of = family.getValue().contains(key);
      boolean told = rules.contains(family.getKey());
      wanted |= of && !notForCause.contains(family.getKey());
      // Of two families that both have a say the catalog lists the key under one.
      boolean elsewhere =
          rules.stream().anyMatch(rule -> truth.getOrDefault(rule, Set.of()).contains(key));
      if (of && (told || elsewhere)) {
        counts[0]++;
        outcome.found++;
      } else if (of) {
        counts[1]++;
        outcome.missed++;
        outcome.misses.add(issuer);
        if (outcome.missed <= 40) {
          System.err.println("missed " + family.getKey() + ": " + issuer.subject());
        }
      } else if (told && !maybe.getOrDefault(family.getKey(), Set.of()).contains(key)) {
        counts[2]++;
        falsely(outcome, family.getKey(), issuer);
      }
    }
    if (rules.contains(ANY) && !wanted) {
      falsely(outcome, "catalog:*", issuer);
    }
    if (exempt.contains(key) && !rules.isEmpty()) {
      outcome.exemptFlagged++;
    }
  }

  private static void falsely(Outcome outcome, String family, CaCertificate issuer) {
    outcome.falsePositives++;
    System.err.println("false " + family + ": " + issuer.subject() + " key " + issuer.spkiSha256());
  }

  private static ExaminerSetup setup(Catalog catalog, OwnerTable owners) throws Exception {
    List<RuleSpec> rules = new ArrayList<>();
    rules.add(RuleSpec.ofAuthority(ANY, "catalog:*"));
    for (Family family : catalog.families()) {
      if (!family.keys().isEmpty()) {
        rules.add(RuleSpec.ofAuthority(family.id(), "catalog:" + family.id()));
      }
    }
    return setup(catalog, owners, rules);
  }

  private static ExaminerSetup setup(Catalog catalog, OwnerTable owners, List<RuleSpec> rules)
      throws Exception {
    RuleSet set =
        RuleSet.parse(
            rules,
            catalog,
            owners,
            name -> {
              throw new IOException("no file is needed: " + name);
            });
    return new ExaminerSetup(catalog, set, owners, RootInclusion.bundled(owners), () -> NOW);
  }

  private List<Finding> examined(ExaminerSetup setup, TestWindow window)
      throws InterruptedException {
    return setup.newExaminer().examine(log, window.getEntries(), IssuerSource.none()).findings();
  }

  // --- CA certificates

  private static final class CaCertificates {
    private int crossSigns;
    private int crossSignsExpected;
    private int wrong;
  }

  /** Each CA certificate of the pool as an entry of its own. */
  private CaCertificates certificates(Catalog catalog, OwnerTable owners) throws Exception {
    ExaminerSetup setup = setup(catalog, owners);
    Set<Hash> forCause = new HashSet<>();
    truth.values().forEach(forCause::addAll);
    CaCertificates outcome = new CaCertificates();
    for (int from = 0; from < pool.size(); from += WINDOW) {
      List<CaCertificate> part = pool.subList(from, Math.min(pool.size(), from + WINDOW));
      TestWindow window = new TestWindow();
      for (CaCertificate certificate : part) {
        byte[][] chain = chain(certificate);
        window.certificate(certificate.der(), Arrays.copyOfRange(chain, 1, chain.length));
      }
      Map<Integer, List<Finding>> findings = new HashMap<>();
      for (Finding finding : examined(setup, window)) {
        findings
            .computeIfAbsent((int) (finding.index() - 1000), _ -> new ArrayList<>())
            .add(finding);
      }
      for (int i = 0; i < part.size(); i++) {
        judge(part.get(i), findings.getOrDefault(i, List.of()), forCause, outcome);
      }
    }
    crossSigns(catalog, owners, outcome);
    problems += outcome.wrong + outcome.crossSignsExpected - outcome.crossSigns;
    return outcome;
  }

  private void judge(
      CaCertificate certificate,
      List<Finding> findings,
      Set<Hash> watched,
      CaCertificates outcome) {
    boolean expected =
        watched.contains(certificate.spkiSha256())
            || signers(certificate).stream()
                .anyMatch(signer -> watched.contains(signer.spkiSha256()));
    if (!findings.isEmpty() && !expected) {
      outcome.wrong++;
      System.err.println(
          "false "
              + findings.getFirst().type().word()
              + " "
              + findings.getFirst().rules()
              + ": "
              + certificate.subject()
              + " issued by "
              + signers(certificate).stream().map(CaCertificate::subject).toList());
    }
  }

  /**
   * The bytes of the certificates by which families signed other people's keys are not at hand:
   * made up anew, with the names and the keys, but a signature that cannot be right. Each is one
   * finding; a leaf below the key that it is about, with both above it in its chain, is none.
   */
  private void crossSigns(Catalog catalog, OwnerTable owners, CaCertificates outcome)
      throws Exception {
    for (CrossSign sign : crossSigned) {
      Optional<CaCertificate> subject = ofKey(sign.key());
      Optional<CaCertificate> issuer = ofKey(sign.issuer());
      if (subject.isEmpty() || issuer.isEmpty() || !owners.isIncludedRoot(sign.key())) {
        System.err.println("cross-sign over a key that no program includes: " + sign);
        continue;
      }
      outcome.crossSignsExpected++;
      ExaminerSetup setup =
          setup(
              catalog,
              owners,
              List.of(RuleSpec.ofAuthority(sign.family(), "catalog:" + sign.family())));
      byte[] made = TestCa.root("CN=Nobody").crossSign(issuer.get(), subject.get());
      List<Finding> own = examined(setup, new TestWindow().certificate(made, issuer.get().der()));
      List<Finding> below =
          examined(
              setup, new TestWindow().precertificate(sign.key(), leaf, made, issuer.get().der()));
      outcome.wrong += below.size();
      if (own.size() == 1 && own.getFirst().type() == FindingType.CROSS_SIGN) {
        outcome.crossSigns++;
      } else {
        System.err.println("not one cross-sign: " + subject.get().subject() + " " + own);
      }
    }
  }

  private Optional<CaCertificate> ofKey(Hash key) {
    return pool.stream().filter(one -> one.spkiSha256().equals(key)).findFirst();
  }

  // --- chains

  /** From the certificate upward; of several ways the one to a family's root, else the longest. */
  private byte[][] chain(CaCertificate from) {
    List<CaCertificate> best = new ArrayList<>();
    Set<Hash> roots = new HashSet<>();
    rootsOf.values().forEach(roots::addAll);
    List<CaCertificate> found = climb(from, new ArrayList<>(), roots, best);
    return (found.isEmpty() ? best : found).stream().map(CaCertificate::der).toArray(byte[][]::new);
  }

  private List<CaCertificate> climb(
      CaCertificate at, List<CaCertificate> below, Set<Hash> roots, List<CaCertificate> best) {
    below.add(at);
    if (below.size() > best.size()) {
      best.clear();
      best.addAll(below);
    }
    if (roots.contains(at.spkiSha256())) {
      return List.copyOf(below);
    }
    if (below.size() < LONGEST_CHAIN) {
      for (CaCertificate signer : signers(at)) {
        if (below.stream().noneMatch(one -> one.spkiSha256().equals(signer.spkiSha256()))) {
          List<CaCertificate> found = climb(signer, below, roots, best);
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
    }
    below.removeLast();
    return List.of();
  }

  private List<CaCertificate> signers(CaCertificate certificate) {
    List<CaCertificate> known = signers.get(certificate);
    if (known == null) {
      known = new ArrayList<>();
      byte[] issuer = ScannedCertificate.ofCertificate(certificate.der()).orElseThrow().issuerDer();
      for (CaCertificate candidate : bySubject.getOrDefault(text(issuer), List.of())) {
        if (signatures.check(certificate.der(), candidate.spki()) == IssuerSignature.Result.VALID) {
          known.add(candidate);
        }
      }
      signers.put(certificate, known);
    }
    return known;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  // --- what is said

  private void table(String title, Outcome outcome) {
    System.err.printf("%n%s%n%-26s %6s %6s %6s%n", title, "family", "found", "missed", "false");
    outcome.families.forEach((family, counts) ->
        System.err.printf("%-26s %6d %6d %6d%n", family, counts[0], counts[1], counts[2]));
  }

  /** Why a subordinate was not recognised by its chain. */
  private void misses(Outcome outcome) {
    Set<Hash> roots = new HashSet<>();
    rootsOf.values().forEach(roots::addAll);
    Map<String, Integer> reasons = new TreeMap<>();
    for (CaCertificate miss : outcome.misses) {
      byte[][] chain = chain(miss);
      CaCertificate top = CaCertificate.of(chain[chain.length - 1]).orElseThrow();
      String reason =
          roots.contains(top.spkiSha256())
              ? "passes a root of somebody else"
              : signers(top).isEmpty()
                  ? "its issuer's signature does not verify in the pool"
                  : "no way to the root";
      reasons.merge(reason, 1, Integer::sum);
      System.err.println("withheld, missed: " + miss.subject() + ": " + reason);
    }
    System.err.println(reasons);
  }
}
