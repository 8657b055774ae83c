package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.Secret;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Posts the alert's JSON as Standard Webhooks says (https://www.standardwebhooks.com). A repeated
 * delivery has the same {@code webhook-id}, by which the receiver drops it.
 *
 * <p>2xx is accepted. 410 means that the receiver wants no more: rejected. Everything else, other
 * 4xx too, is tried again as that specification says: mostly it is the receiver that is not ready,
 * and the dispatcher's age limit ends it.
 */
final class WebhookSink implements AlertSink {
  private static final int GONE = 410;

  private final HttpPost post;
  private final List<WebhookSignature> signatures;
  private final Optional<Secret> authorization;
  private final InstantSource clock;

  WebhookSink(
      HttpPost post,
      List<WebhookSignature> signatures,
      Optional<Secret> authorization,
      InstantSource clock) {
    this.post = post;
    this.signatures = List.copyOf(signatures);
    this.authorization = authorization;
    this.clock = clock;
  }

  @Override
  public Delivery deliver(Alert alert) throws InterruptedException {
    byte[] body = AlertJson.writeBytes(alert);
    return switch (post.send(body, headers(alert, body))) {
      case HttpAnswer.NotAnswered(String reason) -> new Delivery.RetryLater(reason, null);
      case HttpAnswer.Answered answer when answer.isSuccessful() -> new Delivery.Accepted();
      case HttpAnswer.Answered answer when answer.status() == GONE ->
          new Delivery.Rejected(answer.said());
      case HttpAnswer.Answered answer ->
          new Delivery.RetryLater(
              answer.status() / 100 == 3
                  ? "HTTP "
                      + answer.status()
                      + ": redirects are not followed, set the url to its target"
                  : answer.said(),
              answer.retryAfter());
    };
  }

  private Map<String, String> headers(Alert alert, byte[] body) {
    String id = alert.deliveryId();
    long timestamp = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    if (!signatures.isEmpty()) {
      headers.put(
          "webhook-signature",
          signatures.stream()
              .map(signature -> signature.sign(id, timestamp, body))
              .collect(Collectors.joining(" ")));
    }
    authorization.ifPresent(value -> headers.put("Authorization", value.value()));
    return headers;
  }
}
