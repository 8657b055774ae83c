package dev.rootwatch.testlog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The faults that a log has at the moment, by the places where they come in. */
final class Faults {
  private final TestLog log;
  private final InstantSource clock;
  private volatile Places places;

  private record Places(
      AnswerFaults answers,
      TransportFaults transport,
      HeadFaults heads,
      EntryFaults entries,
      TileFaults tiles,
      ProofFaults proofs) {}

  Faults(TestLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    this.places = places(List.of());
  }

  void set(List<Fault> wanted) {
    places = places(wanted);
  }

  private Places places(List<Fault> wanted) {
    Instant now = clock.instant();
    List<InForce<Fault>> all =
        wanted.stream()
            .map(fault -> new InForce<>(plain(fault), new Occasions(fault, clock, now)))
            .toList();
    HeadFaults heads = new HeadFaults(only(HeadFault.class, all), log);
    return new Places(
        new AnswerFaults(only(AnswerFault.class, all), clock),
        new TransportFaults(only(TransportFault.class, all), clock),
        heads,
        new EntryFaults(only(EntryFault.class, all), log, heads),
        new TileFaults(only(TileFault.class, all), log, clock),
        new ProofFaults(only(ProofFault.class, all)));
  }

  private static Fault plain(Fault fault) {
    return fault instanceof ScheduledFault scheduled ? scheduled.what() : fault;
  }

  private static <F extends Fault> List<InForce<F>> only(Class<F> place, List<InForce<Fault>> all) {
    return all.stream()
        .filter(one -> place.isInstance(one.what()))
        .map(one -> new InForce<>(place.cast(one.what()), one.occasions()))
        .toList();
  }

  /** The time as the log believes it to be. */
  Instant now() {
    return clock.instant().plus(skew());
  }

  /** How far the log's clock is ahead. */
  Duration skew() {
    return places.heads().skew();
  }

  AnswerFaults answers() {
    return places.answers();
  }

  TransportFaults transport() {
    return places.transport();
  }

  HeadFaults heads() {
    return places.heads();
  }

  EntryFaults entries() {
    return places.entries();
  }

  TileFaults tiles() {
    return places.tiles();
  }

  ProofFaults proofs() {
    return places.proofs();
  }
}
