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
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private AuthorityGraph.Unsaved authorities = new AuthorityGraph.Unsaved(List.of(), Set.of());
  private List<EntryRange> undecided = List.of();
  private Obligation.@Nullable Fulfilled fulfilled;

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

  /** Learned, and watched since. */
  StepBuilder learned(LearnedAuthority... all) {
    authorities =
        new AuthorityGraph.Unsaved(
            List.of(all),
            Arrays.stream(all).map(LearnedAuthority::key).collect(Collectors.toSet()));
    return this;
  }

  StepBuilder undecided(EntryRange... all) {
    undecided = List.of(all);
    return this;
  }

  StepBuilder fulfilled(Obligation obligation, long upTo) {
    fulfilled = new Obligation.Fulfilled(obligation, upTo);
    return this;
  }

  LogCommit build() {
    LogCommit step =
        new LogCommit(log, coverage, heads, alerts, tally, malformed, verified, contradicted)
            .with(authorities, undecided);
    return fulfilled == null ? step : step.with(fulfilled);
  }
}
