package dev.rootwatch.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is doing.
 *
 * @param sink id
 * @param failuresInARow 0 when the last delivery was answered
 * @param failingSince when the first of them happened; null when it does not fail
 * @param reason of the last one; empty when it does not fail
 * @param probing so many failures that it is only probed
 */
public record SinkHealth(
    String sink,
    int failuresInARow,
    @Nullable Instant failingSince,
    String reason,
    boolean probing) {}
