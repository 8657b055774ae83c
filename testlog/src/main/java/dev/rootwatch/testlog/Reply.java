package dev.rootwatch.testlog;

import java.time.Instant;

/**
 * An answer and how it travels.
 *
 * @param date for the Date header: the time as the log believes it to be
 */
record Reply(Answer answer, Instant date, Delivery delivery) {}
