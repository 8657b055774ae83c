package dev.rootwatch.testlog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many entries an answer has, and which are not as the tree has them. */
final class EntryFaults {
  /** More than this is more than any client asks for. */
  private static final long MOST_ASKED = 10_000;

  private final TestLog log;
  private final HeadFaults heads;
  private final List<InForce<Count>> counts = new ArrayList<>();
  private final List<InForce<Change>> changes = new ArrayList<>();
  private final List<InForce<AtomicBoolean>> unknownEntries = new ArrayList<>();

  /** How many entries get-entries gives, for what was asked and how many are due so far. */
  @FunctionalInterface
  private interface Count {
    int of(long start, long asked, int due);
  }

  /** What answers with an entry of {@code [from, to)} make of it, at most so many of them. */
  private record Change(long from, long to, AtomicLong left, Served served) {
    boolean concerns(long start, long end) {
      return start < to && from < end;
    }
  }

  /** How an entry is served. */
  @FunctionalInterface
  interface Served {
    TreeLeaf leaf(long index, TreeLeaf truth);
  }

  EntryFaults(List<InForce<EntryFault>> faults, TestLog log, HeadFaults heads) {
    this.log = log;
    this.heads = heads;
    for (InForce<EntryFault> fault : faults) {
      put(fault.what(), fault.occasions());
    }
  }

  /**
   * How many entries get-entries gives.
   *
   * @param asked how many were asked for
   * @param due how many it would be without faults
   */
  int count(long start, long asked, int due) {
    int count = due;
    for (var fault : counts) {
      if (fault.occasions().next()) {
        count = fault.what().of(start, asked, count);
      }
    }
    return count;
  }

  /** How the entries of one answer are served; null when all are as they are. */
  @Nullable Served served(long from, long to) {
    List<Served> all = new ArrayList<>();
    OtherHistory fork = heads.fork();
    if (fork != null && from <= fork.index() && fork.index() < to) {
      all.add(fork::leaf);
    }
    for (var fault : changes) {
      Change change = fault.what();
      if (change.concerns(from, to)
          && fault.occasions().next()
          && change.left().getAndDecrement() > 0) {
        all.add(change.served());
      }
    }
    return all.isEmpty()
        ? null
        : (index, truth) -> {
          TreeLeaf leaf = truth;
          for (Served one : all) {
            leaf = one.leaf(index, leaf);
          }
          return leaf;
        };
  }

  /** Whether an entry of an unknown type should have been taken in. */
  boolean owesUnknownEntry() {
    return unknownEntries.stream()
        .anyMatch(fault -> fault.occasions().inTime() && !fault.what().get());
  }

  /** Whether an entry of an unknown type is to be taken in; says so once for each. */
  boolean takeUnknownEntry() {
    return unknownEntries.stream()
        .anyMatch(fault -> fault.occasions().inTime() && !fault.what().getAndSet(true));
  }

  private void put(EntryFault fault, Occasions occasions) {
    switch (fault) {
      case EntryFault.ShortAnswers(int most) ->
          counts.add(new InForce<>((_, _, due) -> Math.min(due, most), occasions));
      case EntryFault.ZeroEntries _ -> counts.add(new InForce<>((_, _, _) -> 0, occasions));
      case EntryFault.MoreEntries(int more) ->
          counts.add(
              new InForce<>((_, asked, _) -> (int) Math.min(asked, MOST_ASKED) + more, occasions));
      case EntryFault.MisalignedAnswers _ ->
          counts.add(new InForce<>((start, asked, _) -> misaligned(start, asked), occasions));
      case EntryFault.ChangedEntry(Long index, boolean once) ->
          changes.add(
              new InForce<>(
                  changed(index == null ? log.head().size() / 2 : index, once), occasions));
      case EntryFault.WrongLeafIndex _ -> {
        Served wrong = (index, truth) -> truth.withExtensions(log.extensions(index + 1));
        changes.add(
            new InForce<>(
                new Change(0, Long.MAX_VALUE, new AtomicLong(Long.MAX_VALUE), wrong), occasions));
      }
      case EntryFault.UnknownEntryType _ ->
          unknownEntries.add(new InForce<>(new AtomicBoolean(), occasions));
    }
  }

  /** An answer from {@code start} always ends at the same place, with an odd index behind it. */
  private int misaligned(long start, long asked) {
    long most = Math.min(Math.min(asked, log.entriesPerAnswer()), log.head().size() - start);
    long mixed = ((start + 1) * 0x9E3779B97F4A7C15L) >>> 33;
    int count = 1 + (int) (mixed % most);
    if ((start + count) % 2 != 0 || most == 1) {
      return count;
    }
    return count > 1 ? count - 1 : count + 1;
  }

  private static Change changed(long index, boolean once) {
    return new Change(
        index,
        index + 1,
        new AtomicLong(once ? 1 : Long.MAX_VALUE),
        (at, truth) -> at == index ? truth.withChangedCertificate() : truth);
  }
}
