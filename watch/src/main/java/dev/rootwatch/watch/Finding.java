package dev.rootwatch.watch;

/**
 * A certificate (or an entry that cannot be read but might be one) that a rule matched.
 *
 * <p>SKELETON: the owner of the watch module turns this into the full value: type, severity, the
 * certificate, its issuer with how it was matched and whether the signature is its, rules, matched
 * names, verdicts, the sighting (log, index, timestamp), backdating.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record Finding() {}
