package dev.rootwatch.daemon.web;

import dev.rootwatch.alert.text.JsonText;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON in which everything can be seen. */
final class Answers {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Answers() {}

  static void json(Context context, Object body) {
    context
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(JsonText.visible(MAPPER.writeValueAsString(body)).getBytes(StandardCharsets.UTF_8));
  }
}
