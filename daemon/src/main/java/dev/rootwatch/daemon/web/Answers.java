package dev.rootwatch.daemon.web;

import io.javalin.http.Context;
import tools.jackson.databind.json.JsonMapper;

/** Answers in JSON. */
final class Answers {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Answers() {}

  static void json(Context context, Object body) {
    context
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(MAPPER.writeValueAsBytes(body));
  }
}
