package dev.rootwatch.watch.distrust;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.distrust.CatalogNode.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what programs did about a family. */
final class EventReader {
  private final String file;
  private final List<CatalogKey> keys;
  private final List<CatalogKey> exempt;
  private final List<CatalogCertificate> certificates;

  EventReader(
      String file,
      List<CatalogKey> keys,
      List<CatalogKey> exempt,
      List<CatalogCertificate> certificates) {
    this.file = file;
    this.keys = keys;
    this.exempt = exempt;
    this.certificates = certificates;
  }

  List<DistrustEvent> read(@Nullable CatalogNode node) throws CatalogException {
    List<DistrustEvent> events = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      events.add(event(item));
    }
    return events;
  }

  private DistrustEvent event(CatalogNode item) throws CatalogException {
    Map<String, CatalogNode> fields =
        item.fields(
            "program",
            "kind",
            "purposes",
            "announced",
            "effective",
            "latest",
            "seen",
            "from",
            "to",
            "basis",
            "boundary",
            "unit",
            "keyedOn",
            "on",
            "except",
            "permitted",
            "cause",
            "citation");
    Program program = item.required(fields, "program").word(Program.values(), Program::word);
    EventKind kind = item.required(fields, "kind").word(EventKind.values(), EventKind::word);
    EventDefaults defaults = EventDefaults.of(program, kind);
    CatalogNode basis = fields.get("basis");
    CatalogNode boundary = fields.get("boundary");
    CatalogNode unit = fields.get("unit");
    CatalogNode keyedOn = fields.get("keyedOn");
    CatalogNode cause = fields.get("cause");
    CatalogNode latest = fields.get("latest");
    Period effective = dateOf(item, fields.get("effective"), kind);
    On on = on(fields.get("on"));
    return new DistrustEvent(
        program,
        kind,
        purposes(fields.get("purposes"), program),
        CatalogNode.instantOrNull(fields.get("announced")),
        effective == null ? null : effective.start(),
        latest != null ? latest.instant() : effective == null ? null : effective.end(),
        CatalogNode.instantOrNull(fields.get("seen")),
        window(item, fields, kind),
        basis == null ? defaults.basis() : basis.word(Verdict.Basis.values(), Verdict.Basis::word),
        boundary == null
            ? defaults.boundary()
            : boundary.word(Verdict.Boundary.values(), Verdict.Boundary::word),
        unit == null ? defaults.unit() : unit.word(Verdict.Unit.values(), Verdict.Unit::word),
        keyedOn == null
            ? defaults.keyedOn()
            : keyedOn.word(DistrustEvent.KeyedOn.values(), DistrustEvent.KeyedOn::word),
        on.keys(),
        on.certificates(),
        hashes(fields.get("except")),
        texts(fields.get("permitted")),
        cause == null || cause.word(Category.values(), Category::word).forCause(),
        CatalogNode.textOr(fields.get("citation"), file));
  }

  private static @Nullable Period dateOf(
      CatalogNode item, @Nullable CatalogNode effective, EventKind kind) throws CatalogException {
    boolean dateRule =
        switch (kind.effect()) {
          case NOT_BEFORE_RULE, SCT_RULE, BEFORE_RULE, WINDOW_RULE, EXEMPTION -> true;
          default -> false;
        };
    if (effective == null) {
      if (dateRule) {
        throw item.wrong("a rule of kind " + kind.word() + " needs 'effective', its date");
      }
      return null;
    }
    Period period = effective.period();
    if (dateRule && period.end() != null) {
      throw effective.wrong("a rule of kind " + kind.word() + " needs a day, not a month");
    }
    return period;
  }

  private static DistrustEvent.@Nullable Window window(
      CatalogNode item, Map<String, CatalogNode> fields, EventKind kind) throws CatalogException {
    if (kind.effect() != EventKind.Effect.WINDOW_RULE) {
      return null;
    }
    return new DistrustEvent.Window(
        item.required(fields, "from").instant(), item.required(fields, "to").instant());
  }

  /** What an event stands on. */
  private record On(Set<Hash> keys, Set<Hash> certificates) {}

  /** Named by key or by certificate; without a list, every root key. */
  private On on(@Nullable CatalogNode node) throws CatalogException {
    Set<Hash> onKeys = new HashSet<>();
    Set<Hash> onCertificates = new HashSet<>();
    if (node == null) {
      for (CatalogKey key : keys) {
        if (key.root()) {
          onKeys.add(key.spkiSha256());
          onCertificates.addAll(key.anchors());
        }
      }
      return new On(onKeys, onCertificates);
    }
    for (CatalogNode item : node.list()) {
      Hash hash = item.hash();
      if (!addKey(hash, onKeys, onCertificates) && !addCertificate(hash, onKeys, onCertificates)) {
        throw item.wrong("is neither a key nor a certificate of this family");
      }
    }
    return new On(onKeys, onCertificates);
  }

  private boolean addKey(Hash hash, Set<Hash> onKeys, Set<Hash> onCertificates) {
    for (CatalogKey key : keys) {
      if (key.spkiSha256().equals(hash)) {
        onKeys.add(hash);
        onCertificates.addAll(key.anchors());
        return true;
      }
    }
    return exempt.stream().anyMatch(key -> key.spkiSha256().equals(hash)) && onKeys.add(hash);
  }

  private boolean addCertificate(Hash hash, Set<Hash> onKeys, Set<Hash> onCertificates) {
    Hash key = null;
    for (CatalogKey candidate : keys) {
      key = candidate.anchors().contains(hash) ? candidate.spkiSha256() : key;
    }
    for (CatalogCertificate candidate : certificates) {
      key = candidate.sha256().equals(hash) ? candidate.spkiSha256() : key;
    }
    if (key == null) {
      return false;
    }
    onKeys.add(key);
    onCertificates.add(hash);
    return true;
  }

  private static Set<Hash> hashes(@Nullable CatalogNode node) throws CatalogException {
    Set<Hash> hashes = new HashSet<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      hashes.add(item.hash());
    }
    return hashes;
  }

  private static List<String> texts(@Nullable CatalogNode node) throws CatalogException {
    List<String> texts = new ArrayList<>();
    for (CatalogNode item : CatalogNode.items(node)) {
      texts.add(item.text());
    }
    return texts;
  }

  private static Set<Purpose> purposes(@Nullable CatalogNode node, Program program)
      throws CatalogException {
    Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
    for (CatalogNode item : CatalogNode.items(node)) {
      purposes.add(item.word(Purpose.values(), Purpose::word));
    }
    if (purposes.isEmpty()) {
      Arrays.stream(Purpose.values()).filter(program::judges).forEach(purposes::add);
    }
    return purposes;
  }
}
