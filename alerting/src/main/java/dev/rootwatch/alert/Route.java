package dev.rootwatch.alert;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which alerts go to which sinks.
 *
 * @param minSeverity from which severity on
 * @param types of which types; empty means all
 * @param sinks ids of the sinks
 */
public record Route(Severity minSeverity, Set<AlertType> types, List<String> sinks) {
  public Route {
    types = Set.copyOf(types);
    sinks = List.copyOf(sinks);
  }

  /** Whether an alert takes this route. */
  public boolean takes(Alert alert) {
    return alert.severity().compareTo(minSeverity) >= 0
        && (types.isEmpty() || types.contains(alert.type()));
  }

  /**
   * The sinks of an alert: of all the routes that take it, each once. Without routes everything
   * goes to every sink.
   *
   * @param routes as configured
   * @param sinks ids of all sinks, in the order of the configuration
   */
  public static Set<String> sinksOf(Alert alert, List<Route> routes, Collection<String> sinks) {
    Set<String> chosen = new LinkedHashSet<>();
    if (routes.isEmpty()) {
      chosen.addAll(sinks);
    }
    for (Route route : routes) {
      if (route.takes(alert)) {
        chosen.addAll(route.sinks());
      }
    }
    return chosen;
  }
}
