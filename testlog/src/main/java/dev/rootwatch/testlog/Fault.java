package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import java.util.List;

/**
 * Something that a log does wrong on purpose. Written as {@code NAME[:ARG][/N][@FROM-TO]}, see
 * {@link #parse(String)}; {@code docs/testlog.md} says of each what the log then does.
 *
 * <p>Grouped by the place where it comes in: instead of the answer, in how its bytes travel, in the
 * head, in entries, in tiles, in proofs.
 */
public sealed interface Fault
    permits AnswerFault,
        TransportFault,
        HeadFault,
        EntryFault,
        TileFault,
        ProofFault,
        ScheduledFault {

  /** Whether a client that reads a log by this protocol can meet it; where not, nothing happens. */
  boolean appliesTo(LogProtocol protocol);

  /**
   * Whether the log then lies: two things that it signed contradict each other, or what it serves
   * contradicts what it signed or named by hash. The others are merely unpleasant.
   */
  boolean lies();

  /** It comes in every n-th time it could, unless scheduled otherwise; at least 1. */
  int every();

  /** The words for the command line, with what they take. */
  static List<String> words() {
    return FaultWords.ALL.stream().map(FaultWord::syntax).toList();
  }

  /**
   * Reads {@code NAME[:ARG][/N][@FROM-TO]}: the fault NAME, every N-th time it could come in, from
   * second FROM after it was set until second TO ({@code @FROM-} for as long as it is set).
   *
   * @throws IllegalArgumentException when there is no such fault or its argument is wrong; the
   *     message says what there is
   */
  static Fault parse(String text) {
    return parse(List.of(text)).getFirst();
  }

  /** Reads several, all of them before complaining about any. */
  static List<Fault> parse(List<String> texts) {
    return FaultWords.parse(texts);
  }
}
