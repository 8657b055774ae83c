package dev.rootwatch.alert;

/**
 * SKELETON: the owner turns this into the record of contract.md "alert" with nested records
 * CertificateInfo (CERT), IssuerInfo (ISSUER), VerdictRow (VERDICT), Sighting, and the pure
 * function {@code Merge mergedWith(Alert sighting)} that says what a further sighting does to it
 * (new revision or silent update).
 */
@SuppressWarnings({"DoNotCallSuggester", "unused", "UnusedVariable"})
public record Alert(String id, int revision) {}
