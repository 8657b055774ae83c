package dev.rootwatch.alert;

import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A sink that answers as the test says and remembers what it was given. */
final class ScriptedSink implements AlertSink {
  final List<String> messages = new ArrayList<>();
  Function<Alert, Delivery> answer = _ -> new Delivery.Accepted();
  boolean refusesDigests;
  boolean breaksDigests;
  boolean forgetsOutcomes;
  boolean closed;

  @Override
  public Delivery deliver(Alert alert) {
    messages.add(alert.deliveryId());
    return answer.apply(alert);
  }

  @Override
  public List<Delivery> deliverDigest(List<Alert> alerts) {
    messages.add("digest of " + alerts.size());
    if (breaksDigests) {
      throw new IllegalStateException("SECRET");
    }
    if (forgetsOutcomes) {
      return List.of();
    }
    return alerts.stream()
        .map(alert -> refusesDigests ? new Delivery.Rejected("too long") : answer.apply(alert))
        .toList();
  }

  @Override
  public void close() {
    closed = true;
  }
}
