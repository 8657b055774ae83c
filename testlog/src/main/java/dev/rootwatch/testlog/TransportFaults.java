package dev.rootwatch.testlog;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** How answers travel when something is wrong with the way. */
final class TransportFaults {
  private final InstantSource clock;
  private final List<InForce<Delivery>> deliveries = new ArrayList<>();
  private final List<InForce<TokenBucket>> paces = new ArrayList<>();
  private final List<Occasions> refusals = new ArrayList<>();

  TransportFaults(List<InForce<TransportFault>> faults, InstantSource clock) {
    this.clock = clock;
    for (InForce<TransportFault> fault : faults) {
      put(fault.what(), fault.occasions());
    }
  }

  /** Whether nobody is to be found at the log's port. */
  boolean refusesConnections() {
    return refusals.stream().anyMatch(Occasions::inTime);
  }

  /** How an answer travels. */
  Delivery delivery(Answer answer) {
    if (refusesConnections()) {
      return Deliveries.reset(0); // it came before the port was closed
    }
    Delivery delivery = Delivery.WHOLE;
    for (var fault : deliveries) {
      if (fault.occasions().next()) {
        delivery = fault.what();
        break;
      }
    }
    for (var pace : paces) {
      if (answer.entries() > 0 && pace.occasions().next()) {
        Instant due = clock.instant().plus(pace.what().reserve(answer.entries()));
        delivery = Deliveries.notBefore(due, clock, pace.occasions(), delivery);
      }
    }
    return delivery;
  }

  private void put(TransportFault fault, Occasions occasions) {
    switch (fault) {
      case TransportFault.SlowBody(int bytesPerSecond) ->
          deliver(Deliveries.dribbling(bytesPerSecond, clock, occasions), occasions);
      case TransportFault.LateBody(int millis) ->
          deliver(Deliveries.lasting(millis, clock, occasions), occasions);
      case TransportFault.StalledBody _ -> deliver(Deliveries.stalling(occasions), occasions);
      case TransportFault.TruncatedBody _ -> deliver(Deliveries.TRUNCATED, occasions);
      case TransportFault.ConnectionReset(int afterBytes) ->
          deliver(Deliveries.reset(afterBytes), occasions);
      case TransportFault.OversizedBody(int mebibytes) ->
          deliver(Deliveries.oversized(mebibytes), occasions);
      case TransportFault.GzipBomb(int mebibytes) ->
          deliver(Deliveries.gzipBomb(mebibytes), occasions);
      case TransportFault.EntriesPerSecond(double entries) ->
          paces.add(new InForce<>(new TokenBucket(entries, clock), occasions));
      case TransportFault.ConnectionRefused _ -> refusals.add(occasions);
    }
  }

  private void deliver(Delivery delivery, Occasions occasions) {
    deliveries.add(new InForce<>(delivery, occasions));
  }
}
