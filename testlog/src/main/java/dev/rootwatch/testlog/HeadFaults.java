package dev.rootwatch.testlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which heads are shown in place of the true ones; really signed, except where that is the fault.
 */
final class HeadFaults {
  private final TestLog log;
  private final List<InForce<UnaryOperator<PublishedHead>>> inForce;
  private final List<InForce<OtherHistory>> forks = new ArrayList<>();
  private final List<InForce<Duration>> skews = new ArrayList<>();

  HeadFaults(List<InForce<HeadFault>> faults, TestLog log) {
    this.log = log;
    // What changes a head's contents signs it anew, so that a wrong signature comes last.
    List<InForce<HeadFault>> sorted =
        faults.stream()
            .sorted(Comparator.comparing(one -> one.what() instanceof HeadFault.WrongSignature))
            .toList();
    List<InForce<UnaryOperator<PublishedHead>>> behaviours = new ArrayList<>();
    for (InForce<HeadFault> fault : sorted) {
      behaviours.add(new InForce<>(behaviour(fault), fault.occasions()));
    }
    this.inForce = List.copyOf(behaviours);
  }

  /** The head that is shown in place of {@code truth}. */
  PublishedHead shown(PublishedHead truth) {
    PublishedHead shown = truth;
    for (var fault : inForce) {
      if (fault.occasions().next()) {
        shown = fault.what().apply(shown);
      }
    }
    return shown;
  }

  /** The history that the log continues now, or null for its true one. */
  @Nullable OtherHistory fork() {
    for (var fork : forks) {
      if (fork.occasions().inTime()) {
        return fork.what();
      }
    }
    return null;
  }

  /** How far the log's clock is ahead. */
  Duration skew() {
    Duration skew = Duration.ZERO;
    for (var one : skews) {
      skew = one.occasions().inTime() ? skew.plus(one.what()) : skew;
    }
    return skew;
  }

  private UnaryOperator<PublishedHead> behaviour(InForce<HeadFault> fault) {
    return switch (fault.what()) {
      case HeadFault.WrongSignature _ -> HeadFaults::withWrongSignature;
      case HeadFault.FrozenHead _ -> new Frozen();
      case HeadFault.StaleHead(int hours) -> head -> later(head, Duration.ofHours(-hours));
      case HeadFault.FutureHead(int seconds) -> head -> later(head, Duration.ofSeconds(seconds));
      case HeadFault.ShrinkingHead(long entries) -> new Shrinking(entries);
      case HeadFault.SplitView(Long index) -> new Split(history(index));
      case HeadFault.Fork(Long index) -> {
        OtherHistory history = history(index);
        forks.add(new InForce<>(history, fault.occasions()));
        yield head -> log.signed(history, head.size(), head.timestamp());
      }
      case HeadFault.ClockSkew(int seconds) -> {
        Duration skew = Duration.ofSeconds(seconds);
        skews.add(new InForce<>(skew, fault.occasions()));
        yield head -> later(head, skew);
      }
    };
  }

  private OtherHistory history(@Nullable Long index) {
    return log.otherHistory(index == null ? log.head().size() / 2 : index);
  }

  private PublishedHead later(PublishedHead head, Duration by) {
    return log.signed(head.size(), head.root(), head.timestamp() + by.toMillis());
  }

  private static PublishedHead withWrongSignature(PublishedHead head) {
    byte[] changed = head.signature().clone();
    changed[changed.length - 1] ^= 1;
    return new PublishedHead(head.size(), head.root(), head.timestamp(), changed);
  }

  /** Always the first. */
  private static final class Frozen implements UnaryOperator<PublishedHead> {
    private @Nullable PublishedHead first;

    @Override
    public synchronized PublishedHead apply(PublishedHead head) {
      if (first == null) {
        first = head;
      }
      return first;
    }
  }

  /** After the first, smaller ones. */
  private final class Shrinking implements UnaryOperator<PublishedHead> {
    private final long entries;
    private long largestShown = -1;

    Shrinking(long entries) {
      this.entries = entries;
    }

    @Override
    public synchronized PublishedHead apply(PublishedHead head) {
      if (largestShown < 0) {
        largestShown = head.size();
        return head;
      }
      long size = Math.max(0, largestShown - entries);
      return log.signed(size, log.root(size), head.timestamp());
    }
  }

  /** By turns the true one, and one of the same size from another history. */
  private final class Split implements UnaryOperator<PublishedHead> {
    private final OtherHistory other;
    private @Nullable PublishedHead before;

    Split(OtherHistory other) {
      this.other = other;
    }

    @Override
    public synchronized PublishedHead apply(PublishedHead head) {
      if (before == null) {
        before = head;
        return head;
      }
      PublishedHead shown = log.signed(other, before.size(), before.timestamp());
      before = null;
      return shown;
    }
  }
}
