package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import java.util.List;

/**
 * Everything that one step of reading a log changes; stored in one transaction or not at all.
 *
 * @param log whose step it is
 * @param coverage the log's whole coverage after this step; replaces what was stored
 * @param heads signed heads that the coverage refers to, and the newest one seen; kept as evidence
 * @param alerts what the step found, each as a first sighting; the store merges them with what it
 *     has and writes the outbox rows
 * @param tally issuance in the entries read
 * @param malformed entries that could not be read
 * @param verified ranges that a signed head confirmed in this step: their sightings become verified
 * @param contradicted ranges that a signed head contradicts: their sightings, and a new revision
 */
public record LogCommit(
    LogId log,
    Coverage coverage,
    List<SignedTreeHead> heads,
    List<Alert> alerts,
    List<TallyRow> tally,
    List<MalformedRow> malformed,
    List<EntryRange> verified,
    List<EntryRange> contradicted) {}
