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
 * @param refusalsInARow how many alerts it refused for good since it last took one: an address that
 *     is gone shows here, for it answers and so does not fail
 */
public record SinkHealth(
    String sink,
    int failuresInARow,
    @Nullable Instant failingSince,
    String reason,
    boolean probing,
    int refusalsInARow) {}
