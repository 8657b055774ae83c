package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.note.HeadVerdict;
import dev.rootwatch.ct.note.SignedTreeHeads;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a coverage file says of one log. */
final class LogCoverageCheck {
  private final Place log;
  private final List<SignedTreeHead> heads = new ArrayList<>();
  private final List<SegmentCheck> segments = new ArrayList<>();
  private long examined;

  LogCoverageCheck(Place log) {
    this.log = log;
  }

  /** Whether nothing that was requested is missing; what is wrong is noted where it stands. */
  boolean run() {
    LogKey key = key();
    checkDescription();
    SignedTreeHead head = head(key, log.at("head"));
    for (Place other :
        log.at("heads").isPresent() ? log.at("heads").elements() : List.<Place>of()) {
      head(key, other);
    }
    EntryRange requested = requested(head);
    boolean verified = checkSegments();
    boolean gapless = checkGaps(requested);
    checkMalformed();
    checkCounts();
    return head != null && verified && gapless;
  }

  /** Entries that the segments claim. */
  long examined() {
    return examined;
  }

  private @Nullable LogKey key() {
    byte[] spki = log.at("key").base64();
    String id = log.at("id").text();
    if (spki == null || id == null) {
      return null;
    }
    try {
      LogKey key = LogKey.ofSpki(spki);
      if (key.id().toString().equals(id)) {
        return key;
      }
      log.at("id").fail("it is not the SHA-256 of the key, which is " + key.id());
    } catch (IllegalArgumentException e) {
      log.at("key").fail(e.getMessage() == null ? "no key" : e.getMessage());
    }
    return null;
  }

  private void checkDescription() {
    log.at("name").text();
    checkProtocol();
    String url = log.at("url").text();
    if (url != null) {
      try {
        new URI(url);
      } catch (URISyntaxException e) {
        log.at("url").fail("it is no URL");
      }
    }
  }

  /** Only how to read the log again; older files do not say. */
  private void checkProtocol() {
    Place protocol = log.at("protocol");
    if (protocol.isPresent()) {
      String word = protocol.text();
      if (word != null
          && Arrays.stream(LogProtocol.values()).noneMatch(known -> known.word().equals(word))) {
        protocol.fail("it is no protocol that logs speak");
      }
    }
  }

  /** A head that the key signed, remembered for the segments; null when there is none. */
  private @Nullable SignedTreeHead head(@Nullable LogKey key, Place place) {
    if (!place.isPresent()) {
      return null;
    }
    Long size = place.at("size").count();
    var root = place.at("root").hash();
    Instant timestamp = place.at("timestamp").instant();
    byte[] raw = place.at("raw").base64();
    if (key == null || size == null || root == null || timestamp == null || raw == null) {
      return null;
    }
    SignedTreeHead signed = signed(key, raw, place.at("raw"));
    if (signed == null) {
      return null;
    }
    boolean same = same(place.at("size"), size, signed.size());
    same &= same(place.at("root"), root, signed.root());
    same &= same(place.at("timestamp"), timestamp, Instant.ofEpochMilli(signed.timestamp()));
    if (!same) {
      return null;
    }
    heads.add(signed);
    return signed;
  }

  private static @Nullable SignedTreeHead signed(LogKey key, byte[] raw, Place place) {
    return switch (SignedTreeHeads.verify(key, raw)) {
      case HeadVerdict.Valid valid -> valid.head();
      case HeadVerdict.Invalid invalid -> {
        place.fail(invalid.reason());
        yield null;
      }
    };
  }

  private static boolean same(Place place, Object claimed, Object signed) {
    if (claimed.equals(signed)) {
      return true;
    }
    place.fail("the log signed " + signed);
    return false;
  }

  private @Nullable EntryRange requested(@Nullable SignedTreeHead head) {
    Place place = log.at("requested");
    List<Place> bounds = place.elements();
    if (bounds.size() != 2) {
      place.fail("[from, to] is needed");
      return null;
    }
    Long from = bounds.getFirst().count();
    Long to = bounds.getLast().count();
    if (from == null || to == null) {
      return null;
    }
    if (from > to) {
      place.fail("it ends before it begins");
      return null;
    }
    if (head != null && to > head.size()) {
      bounds.getLast().fail("the head has " + head.size() + " entries only");
    }
    return new EntryRange(from, to);
  }

  /** Whether all are verified. */
  private boolean checkSegments() {
    boolean verified = true;
    SegmentCheck before = null;
    for (Place place : log.at("segments").elements()) {
      SegmentCheck segment = new SegmentCheck(place, heads, before);
      verified &= segment.run();
      if (segment.range() != null) {
        segments.add(segment);
        before = segment;
      }
    }
    return verified;
  }

  /** Gaps are exactly what segments leave of the requested range. True when there are none. */
  private boolean checkGaps(@Nullable EntryRange requested) {
    List<Place> claimed = log.at("gaps").elements();
    if (requested == null) {
      return false;
    }
    List<EntryRange> gaps = gaps(requested);
    for (int i = 0; i < claimed.size(); i++) {
      Place gap = claimed.get(i);
      Long from = gap.at("from").count();
      Long to = gap.at("to").count();
      String reason = gap.at("reason").text();
      if (reason != null && reason.isBlank()) {
        gap.at("reason").fail("a gap has a reason");
      }
      if (i >= gaps.size()) {
        gap.fail("segments leave no such gap");
      } else if (from != null && from != gaps.get(i).from()) {
        gap.at("from").fail("segments leave " + gaps.get(i));
      } else if (to != null && to != gaps.get(i).to()) {
        gap.at("to").fail("segments leave " + gaps.get(i));
      }
    }
    if (claimed.size() < gaps.size()) {
      log.at("gaps").fail("segments leave " + gaps.get(claimed.size()) + ", too");
    }
    return gaps.isEmpty();
  }

  private List<EntryRange> gaps(EntryRange requested) {
    List<EntryRange> gaps = new ArrayList<>();
    long position = requested.from();
    for (SegmentCheck segment : segments) {
      EntryRange range = segment.checkedRange();
      if (range.from() < requested.from() || range.to() > requested.to()) {
        segment.place().fail("it lies outside of what was requested, " + requested);
      }
      if (range.from() > position) {
        gaps.add(new EntryRange(position, range.from()));
      }
      position = Math.max(position, range.to());
    }
    if (position < requested.to()) {
      gaps.add(new EntryRange(position, requested.to()));
    }
    return gaps;
  }

  private void checkMalformed() {
    long last = -1;
    for (Place leaf : log.at("malformed").elements()) {
      leaf.at("leafSha256").hash();
      Long index = leaf.at("index").count();
      if (index == null) {
        continue;
      }
      if (segments.stream().noneMatch(segment -> segment.checkedRange().contains(index))) {
        leaf.at("index").fail("no segment covers entry " + index);
      }
      if (index <= last) {
        leaf.at("index").fail("entries come in order, each once");
      }
      last = Math.max(last, index);
    }
  }

  private void checkCounts() {
    examined = segments.stream().mapToLong(segment -> segment.checkedRange().size()).sum();
    Long claimed = log.at("examined").count();
    if (claimed != null && claimed != examined) {
      log.at("examined").fail("the segments cover " + examined + " entries");
    }
    Long findings = log.at("findings").count();
    if (findings != null && findings > examined) {
      log.at("findings").fail("more findings than entries");
    }
  }
}
