package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert and what became of it here.
 *
 * @param alert as it stands now, its sightings with their present verification
 * @param acknowledgedAt when somebody said that it is seen to; null when nobody did
 */
public record StoredAlert(Alert alert, @Nullable Instant acknowledgedAt) {}
