package dev.rootwatch.daemon.web;

import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.SinkSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writing commands, for whoever holds the token:
 *
 * <pre>
 * POST /api/alerts/ID/retry  200 {"retried": 2}    404 no such alert
 * POST /api/alerts/ID/ack    200 {}                404 no such alert
 * POST /api/sinks/ID/test    200 {"outcome": "accepted|retry|rejected", "reason": ""}  404 no such sink
 * </pre>
 *
 * A browser cannot be made to send the header from another site, so a page cannot use us.
 */
final class ControlRoutes {
  private final Control control;
  private final ApiAccess access;

  ControlRoutes(Control control, String token) {
    this.control = control;
    this.access = new ApiAccess(URI.create("/"), token);
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/alerts/{id}/retry", context -> ifPermitted(context, this::retry));
    routes.post("/api/alerts/{id}/ack", context -> ifPermitted(context, this::acknowledge));
    routes.post("/api/sinks/{id}/test", context -> ifPermitted(context, this::test));
  }

  private interface Action {
    void on(Context context, String id) throws InterruptedException;
  }

  private void ifPermitted(Context context, Action action) throws InterruptedException {
    @Nullable String header = context.header("Authorization");
    String bearer = "Bearer ";
    if (header == null
        || !header.startsWith(bearer)
        || !access.permits(header.substring(bearer.length()))) {
      refuse(context, 401, "the token in the file beside the store is needed");
      return;
    }
    action.on(context, context.pathParam("id"));
  }

  private void retry(Context context, String id) {
    control
        .retry(id)
        .ifPresentOrElse(
            retried -> Answers.json(context, Map.of("retried", retried)),
            () -> refuse(context, 404, "no such alert"));
  }

  private void acknowledge(Context context, String id) {
    if (control.acknowledge(id)) {
      Answers.json(context, Map.of());
    } else {
      refuse(context, 404, "no such alert");
    }
  }

  private void test(Context context, String id) throws InterruptedException {
    @Nullable Delivery delivery = control.test(id).orElse(null);
    if (delivery == null) {
      refuse(
          context,
          404,
          "it has no sink " + id + SinkSettings.nearest(id, control.sinks(), "It has"));
      return;
    }
    Map<String, String> body = new LinkedHashMap<>();
    switch (delivery) {
      case Delivery.Accepted accepted -> body.put("outcome", "accepted");
      case Delivery.RetryLater later -> {
        body.put("outcome", "retry");
        body.put("reason", later.reason());
      }
      case Delivery.Rejected rejected -> {
        body.put("outcome", "rejected");
        body.put("reason", rejected.reason());
      }
    }
    Answers.json(context, body);
  }

  private static void refuse(Context context, int status, String reason) {
    context.status(status);
    Answers.json(context, Map.of("error", reason));
  }
}
