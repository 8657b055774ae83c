package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.CtLog;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log that was followed once. It stays known after it left the list: its coverage and its
 * findings do not go away with it.
 *
 * @param log as last described
 * @param firstSeen when it was first put into the store
 * @param goneSince since when no list or configuration names it; null while one does
 * @param start first index that was asked for, inclusive; empty until the first head was seen
 */
public record KnownLog(
    CtLog log, Instant firstSeen, @Nullable Instant goneSince, OptionalLong start) {}
