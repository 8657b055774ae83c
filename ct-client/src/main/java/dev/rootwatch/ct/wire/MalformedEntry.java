package dev.rootwatch.ct.wire;

/**
 * Why an entry cannot be read, as a value.
 *
 * @param index the entry's index in its log
 * @param offset bytes from the start of the entry to the place that is wrong
 * @param reason what is wrong there, in words
 */
public record MalformedEntry(long index, int offset, String reason) {}
