package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.text.SlackText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message in Block Kit, within its limits (https://docs.slack.dev/reference/block-kit/blocks/):
 * 50 blocks, a header of 150 characters, a section's text of 3000, ten fields of 2000, a context of
 * ten elements.
 */
final class SlackMessage {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_HEADER = 150;
  private static final int MOST_SECTION = 3000;
  private static final int MOST_FIELD = 2000;
  private static final int MOST_FIELDS = 10;
  private static final int MOST_LISTED = 30;

  /** Facts that go below, in small print. */
  private static final Set<String> SMALL_PRINT = Set.of("Alert", "First seen", "Rules", "Serial");

  /** Facts that need the whole width. */
  private static final Set<String> WIDE = Set.of("Names", "Issuer key", "Seen in", "SHA-256");

  private final ArrayNode blocks = JSON.arrayNode();

  private SlackMessage() {}

  static byte[] of(Alert alert) {
    SlackMessage message = new SlackMessage();
    message.header(Facts.headline(alert));
    List<Facts.Fact> facts = Facts.of(alert);
    message.fields(
        facts.stream()
            .filter(f -> !SMALL_PRINT.contains(f.label()) && !WIDE.contains(f.label()))
            .toList());
    facts.stream().filter(f -> WIDE.contains(f.label())).forEach(message::wide);
    List<String> verdicts = Facts.verdictLines(alert);
    if (!verdicts.isEmpty()) {
      message.section(SlackText.codeBlock(verdicts, MOST_SECTION));
    }
    message.context(facts.stream().filter(f -> SMALL_PRINT.contains(f.label())).toList());
    return message.bytes(Facts.headline(alert));
  }

  static byte[] digest(List<Alert> alerts) {
    SlackMessage message = new SlackMessage();
    String headline = Digest.headline(alerts);
    message.header(headline);
    List<Alert> gravest =
        alerts.stream()
            .sorted(Comparator.comparing(Alert::severity, Comparator.<Severity>reverseOrder()))
            .limit(MOST_LISTED)
            .toList();
    for (Alert alert : gravest) {
      message.section(
          SlackText.code(Facts.headline(alert), 400)
              + "\n"
              + SlackText.code(alert.type().word() + " " + alert.deliveryId(), 200));
    }
    if (alerts.size() > gravest.size()) {
      message.section("and " + (alerts.size() - gravest.size()) + " more");
    }
    return message.bytes(headline);
  }

  private void header(String text) {
    blocks.add(JSON.objectNode().put("type", "header").set("text", plain(text, MOST_HEADER)));
  }

  private void section(String mrkdwn) {
    blocks.add(JSON.objectNode().put("type", "section").set("text", mrkdwn(mrkdwn)));
  }

  private void wide(Facts.Fact fact) {
    section(label(fact.label()) + "\n" + SlackText.code(fact.value(), MOST_FIELD - 100));
  }

  /** Ours are words; the keys of an alert's detail might not be. */
  private static String label(String label) {
    return label.matches("[\\w .#-]+") ? "*" + label + "*" : SlackText.code(label, 200);
  }

  /** Ten to a section. */
  private void fields(List<Facts.Fact> facts) {
    for (int from = 0; from < facts.size() && from < 5 * MOST_FIELDS; from += MOST_FIELDS) {
      ArrayNode fields = JSON.arrayNode();
      for (Facts.Fact fact : facts.subList(from, Math.min(facts.size(), from + MOST_FIELDS))) {
        fields.add(
            mrkdwn(label(fact.label()) + "\n" + SlackText.link(fact.value(), MOST_FIELD - 300)));
      }
      blocks.add(JSON.objectNode().put("type", "section").set("fields", fields));
    }
  }

  private void context(List<Facts.Fact> facts) {
    ArrayNode elements = JSON.arrayNode();
    List<Facts.Fact> shown = new ArrayList<>(facts);
    for (Facts.Fact fact : shown.subList(0, Math.min(shown.size(), MOST_FIELDS))) {
      elements.add(mrkdwn(fact.label() + ": " + SlackText.code(fact.value(), MOST_FIELD - 100)));
    }
    if (!elements.isEmpty()) {
      blocks.add(JSON.objectNode().put("type", "context").set("elements", elements));
    }
  }

  /** {@code text} is what notifications show; with blocks beside it Slack does not print it. */
  private byte[] bytes(String fallback) {
    ObjectNode message = JSON.objectNode();
    message.put("text", SlackText.plain(fallback, MOST_SECTION));
    message.put("mrkdwn", false);
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    message.set("blocks", blocks);
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode plain(String text, int most) {
    return JSON.objectNode()
        .put("type", "plain_text")
        .put("text", SlackText.plain(text, most))
        .put("emoji", false);
  }

  /** Verbatim: Slack makes no links or mentions of what looks like some. */
  private static ObjectNode mrkdwn(String text) {
    return JSON.objectNode().put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }
}
