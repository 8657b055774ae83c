package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Slack documents of Block Kit (https://docs.slack.dev/reference/block-kit/blocks/), so far as
 * we use it: which fields there are, and how long they may be.
 */
final class SlackSchema {
  private static final String LINK = "<(https://crt\\.sh/\\?q=[0-9a-f]{64})\\|\\1>";

  private SlackSchema() {}

  static JsonNode check(String message) {
    JsonNode json = JsonMapper.shared().readTree(message);
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder("text", "mrkdwn", "unfurl_links", "unfurl_media", "blocks");
    text(json.path("text").asString(), 40_000);
    JsonNode blocks = json.path("blocks");
    assertThat(blocks.size()).isBetween(1, 50);
    blocks.forEach(SlackSchema::block);
    return json;
  }

  private static void block(JsonNode block) {
    switch (block.path("type").asString()) {
      case "header" -> {
        assertThat(block.propertyNames()).containsExactlyInAnyOrder("type", "text");
        assertThat(block.path("text").path("type").asString()).isEqualTo("plain_text");
        textObject(block.path("text"), 150);
      }
      case "section" -> {
        assertThat(Set.of("type", "text", "fields")).containsAll(block.propertyNames());
        assertThat(block.has("text") || block.has("fields")).isTrue();
        if (block.has("text")) {
          textObject(block.path("text"), 3000);
        }
        if (block.has("fields")) {
          assertThat(block.path("fields").size()).isBetween(1, 10);
          block.path("fields").forEach(field -> textObject(field, 2000));
        }
      }
      case "context" -> {
        assertThat(block.propertyNames()).containsExactlyInAnyOrder("type", "elements");
        assertThat(block.path("elements").size()).isBetween(1, 10);
        block.path("elements").forEach(element -> textObject(element, 3000));
      }
      default -> throw new AssertionError("no such block: " + block);
    }
  }

  private static void textObject(JsonNode text, int most) {
    switch (text.path("type").asString()) {
      case "plain_text" ->
          assertThat(text.propertyNames()).containsExactlyInAnyOrder("type", "text", "emoji");
      case "mrkdwn" ->
          assertThat(text.propertyNames()).containsExactlyInAnyOrder("type", "text", "verbatim");
      default -> throw new AssertionError("no such text: " + text);
    }
    text(text.path("text").asString(), most);
  }

  /** Every text is one or more characters; {@code <} and {@code >} stand in our own links only. */
  private static void text(String text, int most) {
    assertThat(text.length()).isBetween(1, most);
    assertThat(text.replaceAll(LINK, ""))
        .doesNotContain("<", ">")
        .doesNotContainPattern("&(?!amp;|lt;|gt;)");
  }
}
