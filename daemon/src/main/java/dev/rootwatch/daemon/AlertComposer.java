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
import dev.rootwatch.ct.list.LogListAnswer;
import dev.rootwatch.ct.read.SegmentVerifier.Judgement;
import dev.rootwatch.ct.source.TilePath;
import dev.rootwatch.watch.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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
  Alert contradiction(CtLog log, Judgement.Contradicted contradicted, SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", logDetail(log));
    detail.put("from", contradicted.range().from());
    detail.put("to", contradicted.range().to());
    detail.put("computedRoot", contradicted.computed().toString());
    detail.put("head", headDetail(head));
    return misbehaviour(
        log,
        "entries " + contradicted.range() + " of " + log.name() + " do not lead to its signed root",
        detail);
  }

  /** A log signed two trees of one size. */
  Alert twoRootsForOneSize(CtLog log, SignedTreeHead known, SignedTreeHead shown) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", logDetail(log));
    detail.put("head", headDetail(known));
    detail.put("otherHead", headDetail(shown));
    return misbehaviour(
        log, log.name() + " signed two different trees of " + known.size() + " entries", detail);
  }

  /** A log list that must not be used. */
  Alert listRefused(LogListAnswer.Refused refused) {
    return Alert.ofEpisode(
        AlertType.LIST_REFUSED,
        refused.reason().name(),
        Severity.MEDIUM,
        "the log list is refused: " + refused.message(),
        clock.instant(),
        Map.of("reason", refused.reason().name(), "message", refused.message()));
  }

  private Alert misbehaviour(CtLog log, String title, Map<String, Object> detail) {
    return Alert.ofEpisode(
        AlertType.LOG_MISBEHAVIOUR,
        log.id().toString(),
        Severity.HIGH,
        title,
        clock.instant(),
        detail);
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

  private static Map<String, Object> logDetail(CtLog log) {
    return Map.of("id", log.id().toString(), "name", log.name(), "url", log.url().toString());
  }

  private static Map<String, Object> headDetail(SignedTreeHead head) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("size", head.size());
    Hash root = head.root();
    detail.put("root", root.toString());
    detail.put("timestamp", Instant.ofEpochMilli(head.timestamp()));
    detail.put("raw", Base64.getEncoder().encodeToString(head.raw()));
    return detail;
  }
}
