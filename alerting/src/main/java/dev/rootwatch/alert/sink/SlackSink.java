package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Posts to a Slack incoming webhook
 * (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/).
 *
 * <p>Accepted is {@code 200 ok}. 429, 408 and 5xx are tried again. Slack says every other trouble
 * with 4xx and a word, such as {@code invalid_payload}, {@code channel_is_archived} or {@code
 * no_service}: repeating it changes nothing, so it is rejected.
 */
final class SlackSink implements AlertSink {
  private final HttpPost post;

  SlackSink(HttpPost post) {
    this.post = post;
  }

  @Override
  public Delivery deliver(Alert alert) throws InterruptedException {
    return send(SlackMessage.of(alert));
  }

  @Override
  public List<Delivery> deliverDigest(List<Alert> alerts) throws InterruptedException {
    return Collections.nCopies(alerts.size(), send(SlackMessage.digest(alerts)));
  }

  private Delivery send(byte[] message) throws InterruptedException {
    return switch (post.send(message, Map.of())) {
      case HttpAnswer.NotAnswered(String reason) -> new Delivery.RetryLater(reason, null);
      case HttpAnswer.Answered answer when answer.status() == 200 && answer.body().equals("ok") ->
          new Delivery.Accepted();
      case HttpAnswer.Answered answer when isPermanent(answer.status()) ->
          new Delivery.Rejected(answer.said());
      case HttpAnswer.Answered answer ->
          new Delivery.RetryLater(
              answer.isSuccessful() ? "not Slack's answer: " + answer.said() : answer.said(),
              answer.retryAfter());
    };
  }

  private static boolean isPermanent(int status) {
    return status >= 400 && status < 500 && status != 408 && status != 429;
  }
}
