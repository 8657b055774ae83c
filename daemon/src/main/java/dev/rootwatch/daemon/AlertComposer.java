package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.alert.Links;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.MisplacedLeaf;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.ct.source.ProofSource.ProvenLeaf;
import dev.rootwatch.ct.source.TilePath;
import dev.rootwatch.watch.Examined.WrongIssuer;
import dev.rootwatch.watch.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words what the examiner and the verifier found as alerts. Pure but for the clock. */
public final class AlertComposer {
  private final InstantSource clock;

  public AlertComposer(InstantSource clock) {
    this.clock = clock;
  }

  /** The findings of a window, each as a first sighting. */
  List<Alert> of(List<Finding> findings) {
    return findings.stream().map(this::of).toList();
  }

  /** One finding as a first sighting; the store merges it with what it has. */
  public Alert of(Finding finding) {
    return new Alert(
        finding.id().toString(),
        1,
        AlertType.ofWord(finding.type().word()).orElseThrow(),
        severity(finding),
        AlertTitle.of(finding),
        clock.instant(),
        false,
        AlertFacts.certificate(finding.certificate()),
        AlertFacts.issuer(finding.issuer()),
        finding.rules(),
        finding.matchedNames(),
        finding.verdicts().stream().map(AlertFacts::verdict).toList(),
        List.of(sighting(finding)),
        detail(finding),
        links(finding));
  }

  /** A log signed one tree and showed another. */
  static Misbehaviour contradiction(
      CtLog log, Judgement.Contradicted contradicted, SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("from", contradicted.range().from());
    detail.put("to", contradicted.range().to());
    detail.put("computedRoot", contradicted.computed().toString());
    detail.put("head", Misbehaviour.head(head));
    return new Misbehaviour(
        "root-mismatch",
        "entries " + contradicted.range() + " of " + log.name() + " do not lead to its signed root",
        detail,
        List.of(head));
  }

  /** A log gave a consistency proof that does not lead to its head. */
  static Misbehaviour wrongProof(CtLog log, Judgement.Unproven unproven, SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("size", unproven.range().to());
    detail.put("computedRoot", unproven.computed().toString());
    detail.put("proof", Misbehaviour.proof(unproven.proof()));
    detail.put("head", Misbehaviour.head(head));
    return new Misbehaviour(
        "wrong-proof",
        log.name()
            + " proves nothing: its consistency proof from "
            + unproven.range().to()
            + " entries does not lead to its head of "
            + head.size(),
        detail,
        List.of(head));
  }

  /** A log gave an inclusion proof that does not lead to its head. */
  static Misbehaviour wrongInclusion(CtLog log, ProvenLeaf given, SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("index", given.proof().leafIndex());
    detail.put("leafHash", given.leafHash().toString());
    detail.put("path", given.proof().path().stream().map(Hash::toString).toList());
    detail.put("head", Misbehaviour.head(head));
    return new Misbehaviour(
        "wrong-proof",
        log.name()
            + " proves nothing: its inclusion proof of entry "
            + given.proof().leafIndex()
            + " does not lead to its head of "
            + head.size(),
        detail,
        List.of(head));
  }

  /** An entry that says of itself that it stands elsewhere. */
  static Misbehaviour misplaced(CtLog log, MisplacedLeaf leaf) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("index", leaf.index());
    detail.put("claimedIndex", leaf.claimed());
    detail.put("timestampedEntry", Misbehaviour.base64(leaf.leaf()));
    return new Misbehaviour(
        "wrong-leaf-index",
        "entry "
            + leaf.index()
            + " of "
            + log.name()
            + " says of itself that it is entry "
            + leaf.claimed(),
        detail,
        List.of());
  }

  /** Other bytes in place of an issuer's certificate. */
  static Misbehaviour wrongIssuer(CtLog log, WrongIssuer issuer) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("url", log.url() + "issuer/" + issuer.asked());
    detail.put("asked", issuer.asked().toString());
    detail.put("given", issuer.given().toString());
    detail.put("raw", Misbehaviour.base64(issuer.raw()));
    return new Misbehaviour(
        "wrong-issuer",
        log.name() + " gives other bytes for the issuer " + issuer.asked(),
        detail,
        List.of());
  }

  /** A log did something that it must not do. */
  Alert misbehaviour(CtLog log, Misbehaviour misbehaviour, Instant start) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", logDetail(log));
    detail.put("kind", misbehaviour.kind());
    detail.putAll(misbehaviour.detail());
    return Alert.ofEpisode(
        AlertType.LOG_MISBEHAVIOUR,
        log.id().toString(),
        Severity.HIGH,
        misbehaviour.title(),
        start,
        detail);
  }

  Instant now() {
    return clock.instant();
  }

  /** A log signed a tree that is not the one at which its list says that it ended. */
  static Misbehaviour anotherEnd(CtLog log, CtLog.FinalTreeHead end, SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("finalHead", Map.of("size", end.size(), "root", end.root().toString()));
    detail.put("head", Misbehaviour.head(head));
    String what =
        head.size() > end.size()
            ? " grew beyond the %d entries at which it was to end"
            : " signed another tree of %d entries than the one at which it was to end";
    return new Misbehaviour(
        "another-end", log.name() + what.formatted(end.size()), detail, List.of(head));
  }

  private static Severity severity(Finding finding) {
    return Severity.valueOf(finding.severity().name());
  }

  private static Sighting sighting(Finding finding) {
    CtLog log = finding.log();
    return new Sighting(
        new Sighting.Log(log.id().toString(), log.name(), log.url().toString()),
        finding.index(),
        Instant.ofEpochMilli(finding.timestamp()),
        Sighting.Verification.PENDING);
  }

  private static Map<String, Object> detail(Finding finding) {
    Map<String, Object> detail = new LinkedHashMap<>(finding.detail());
    var backdating = finding.backdating();
    if (backdating != null && backdating.program() != null && backdating.cutoff() != null) {
      detail.put(
          Detail.BACKDATING,
          new dev.rootwatch.alert.Backdating(
                  backdating.possible(),
                  backdating.program().word(),
                  backdating.cutoff(),
                  Instant.ofEpochMilli(finding.timestamp()))
              .toDetail());
    }
    if (finding.waitsForDigest()) {
      detail.put(Detail.DIGEST, true);
    }
    return detail;
  }

  private static Links links(Finding finding) {
    var certificate = finding.certificate();
    String crtsh = certificate == null ? null : "https://crt.sh/?sha256=" + certificate.sha256();
    return new Links(crtsh, entryUrl(finding.log(), finding.index()));
  }

  private static String entryUrl(CtLog log, long index) {
    if (log.protocol() == LogProtocol.RFC6962) {
      return log.url() + "ct/v1/get-entries?start=" + index + "&end=" + index;
    }
    return log.url() + TilePath.data(index / TilePath.WIDTH, TilePath.WIDTH);
  }

  /** A log as alerts name it. */
  static Map<String, Object> logDetail(CtLog log) {
    return Map.of("id", log.id().toString(), "name", log.name(), "url", log.url().toString());
  }
}
