package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.LogId;
import dev.rootwatch.watch.Examined.TallyRow;

/** One row of the issuance history: what one key issued in one hour, as one log shows it. */
public record Issuance(LogId log, TallyRow tally) {}
