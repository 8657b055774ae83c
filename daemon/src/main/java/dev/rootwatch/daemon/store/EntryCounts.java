package dev.rootwatch.daemon.store;

/**
 * What the store holds of one log.
 *
 * @param examined entries that its segments cover
 * @param findings sightings in it: entries that an alert names
 * @param malformed entries that could not be read
 */
public record EntryCounts(long examined, long findings, long malformed) {}
