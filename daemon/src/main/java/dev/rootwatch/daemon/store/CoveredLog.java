package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.watch.Examined.MalformedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a coverage file says of one log.
 *
 * @param log whose
 * @param head the head that it was read up to; null when the log never showed one
 * @param heads other heads that the edges of segments refer to
 * @param requested the entries that were asked for
 * @param coverage what was read of them
 * @param gapReason why something is missing: a word or two for people
 * @param malformed entries that could not be read, in order of index
 * @param findings how many entries an alert names
 */
public record CoveredLog(
    CtLog log,
    @Nullable SignedTreeHead head,
    List<SignedTreeHead> heads,
    EntryRange requested,
    Coverage coverage,
    String gapReason,
    List<MalformedLeaf> malformed,
    long findings) {

  /** An entry that could not be read; it was examined all the same. */
  public record MalformedLeaf(long index, Hash leafHash) {}

  public CoveredLog {
    heads = List.copyOf(heads);
    malformed = List.copyOf(malformed);
  }

  /** What the store holds of a log. */
  public static CoveredLog of(Store store, KnownLog known) {
    CtLog log = known.log();
    Coverage coverage = store.coverage(log.id());
    SignedTreeHead head = head(store, log, coverage);
    long from =
        Math.min(
            known.start().orElse(0),
            coverage.segments().isEmpty() ? Long.MAX_VALUE : coverage.segments().getFirst().from());
    long to =
        Math.max(head == null ? from : head.size(), coverage.last().map(Segment::to).orElse(from));
    return new CoveredLog(
        log,
        head,
        headsAtEdges(store, log, coverage, head),
        new EntryRange(Math.min(from, to), to),
        coverage,
        known.goneSince() == null ? "not read yet" : "not read before the log left its list",
        store.malformed(log.id(), 0, MalformedTable.MOST_ROWS_PER_LOG).stream()
            .filter(row -> covers(coverage, row))
            .map(row -> new MalformedLeaf(row.entry().index(), row.leafHash()))
            .toList(),
        store.counts(log.id()).findings());
  }

  /** The newest head, unless the coverage already stands on a larger one. */
  private static @Nullable SignedTreeHead head(Store store, CtLog log, Coverage coverage) {
    SignedTreeHead newest = store.newestHead(log.id()).orElse(null);
    long reached = coverage.segments().stream().mapToLong(Segment::headSize).max().orElse(0);
    return newest != null && newest.size() >= reached
        ? newest
        : store.heads(log.id(), reached).stream().findFirst().orElse(newest);
  }

  private static List<SignedTreeHead> headsAtEdges(
      Store store, CtLog log, Coverage coverage, @Nullable SignedTreeHead head) {
    TreeSet<Long> sizes = new TreeSet<>();
    for (Segment segment : coverage.segments()) {
      sizes.add(segment.headSize());
      sizes.add(segment.from());
    }
    sizes.remove(0L);
    List<SignedTreeHead> heads = new ArrayList<>();
    sizes.forEach(size -> heads.addAll(store.heads(log.id(), size)));
    heads.removeIf(other -> other.equals(head));
    return heads;
  }

  private static boolean covers(Coverage coverage, MalformedRow row) {
    return coverage.segments().stream().anyMatch(s -> s.range().contains(row.entry().index()));
  }
}
