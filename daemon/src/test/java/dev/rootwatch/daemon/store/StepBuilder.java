package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import java.util.ArrayList;
import java.util.List;

/** A step of reading, of which a test says only what matters to it. */
final class StepBuilder {
  private final LogId log;
  private Coverage coverage = Coverage.NONE;
  private List<SignedTreeHead> heads = List.of();
  private List<Alert> alerts = List.of();
  private List<TallyRow> tally = List.of();
  private final List<MalformedRow> malformed = new ArrayList<>();
  private List<EntryRange> verified = List.of();
  private List<EntryRange> contradicted = List.of();
  private List<byte[]> authorities = List.of();

  StepBuilder(LogId log) {
    this.log = log;
  }

  /** One pending segment of the sample log from 0. */
  static Coverage coverage(long to) {
    return Coverage.NONE
        .opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
        .extended(Samples.leaves(0, to));
  }

  StepBuilder coverageTo(long to) {
    coverage = coverage(to);
    return this;
  }

  StepBuilder coverage(Coverage whole) {
    coverage = whole;
    return this;
  }

  StepBuilder heads(SignedTreeHead... all) {
    heads = List.of(all);
    return this;
  }

  StepBuilder alerts(Alert... all) {
    alerts = List.of(all);
    return this;
  }

  StepBuilder tally(TallyRow... all) {
    tally = List.of(all);
    return this;
  }

  StepBuilder malformed(long... indexes) {
    for (long index : indexes) {
      malformed.add(Samples.malformed(index));
    }
    return this;
  }

  StepBuilder verified(EntryRange... all) {
    verified = List.of(all);
    return this;
  }

  StepBuilder contradicted(EntryRange... all) {
    contradicted = List.of(all);
    return this;
  }

  StepBuilder authorities(byte[]... all) {
    authorities = List.of(all);
    return this;
  }

  LogCommit build() {
    return new LogCommit(
        log, coverage, heads, alerts, tally, malformed, verified, contradicted, authorities, null);
  }
}
