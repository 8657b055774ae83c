package dev.rootwatch.ct.source;

/** A log, as the four things that can be asked of it. Every protocol is one composition. */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record LogSources(
    HeadSource heads, EntrySource entries, ProofSource proofs, IssuerSource issuers) {
  // SKELETON: owner adds static LogSources of(CtLog log, LogHttp http) choosing by protocol.
}
