package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTest {
  private static final List<String> SINKS = List.of("slack", "mail", "hook");
  private static final Alert HIGH = Alerts.distrusted();
  private static final Alert LOW = Alerts.of(Alerts.ID, AlertType.WATCHED_DOMAIN, Severity.LOW);

  @Test
  void sinksOf_noRoutes_everythingToEverySink() {
    assertThat(Route.sinksOf(LOW, List.of(), SINKS)).containsExactly("slack", "mail", "hook");
  }

  @Test
  void sinksOf_severalRoutes_eachSinkOnce() {
    List<Route> routes =
        List.of(
            new Route(Severity.MEDIUM, Set.of(), List.of("slack", "mail")),
            new Route(Severity.INFO, Set.of(), List.of("hook", "slack")));
    assertThat(Route.sinksOf(HIGH, routes, SINKS)).containsExactly("slack", "mail", "hook");
    assertThat(Route.sinksOf(LOW, routes, SINKS)).containsExactly("hook", "slack");
  }

  @Test
  void takes_lowestSeverityAndTypes_bothCount() {
    Route route = new Route(Severity.HIGH, Set.of(AlertType.DISTRUSTED_ISSUER), List.of("mail"));
    assertThat(route.takes(HIGH)).isTrue();
    assertThat(route.takes(LOW)).isFalse();
    assertThat(route.takes(Alerts.of(Alerts.ID, AlertType.CROSS_SIGN, Severity.CRITICAL)))
        .isFalse();
  }
}
