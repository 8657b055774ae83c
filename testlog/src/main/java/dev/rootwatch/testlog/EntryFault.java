package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import org.jspecify.annotations.Nullable;

/** What is wrong with the entries that are served, or how many they are. */
public sealed interface EntryFault extends Fault {

  /** get-entries gives at most this many entries. */
  record ShortAnswers(int most) implements EntryFault {}

  /** get-entries gives an empty list. */
  record ZeroEntries() implements EntryFault {}

  /** get-entries gives so many entries more than were asked for. */
  record MoreEntries(int more) implements EntryFault {}

  /** get-entries cuts its answers at odd places, the same ones each time. */
  record MisalignedAnswers() implements EntryFault {}

  /**
   * One entry is served with one byte of its certificate's serial number changed; the tree stays.
   *
   * @param index which one; null for the one in the middle of the tree
   * @param once whether the second answer with it is true again
   */
  record ChangedEntry(@Nullable Long index, boolean once) implements EntryFault {}

  /** Every leaf of a tile says that it is the next one. */
  record WrongLeafIndex() implements EntryFault {}

  /** The next head covers an entry, properly in the tree, of a type that nobody knows. */
  record UnknownEntryType() implements EntryFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return switch (this) {
      case ShortAnswers _, ZeroEntries _, MoreEntries _, MisalignedAnswers _ ->
          protocol == LogProtocol.RFC6962;
      case WrongLeafIndex _ -> protocol == LogProtocol.STATIC;
      case ChangedEntry _, UnknownEntryType _ -> true;
    };
  }

  @Override
  default boolean lies() {
    return switch (this) {
      case ChangedEntry _, WrongLeafIndex _ -> true;
      case ShortAnswers _, ZeroEntries _, MoreEntries _, MisalignedAnswers _, UnknownEntryType _ ->
          false;
    };
  }

  @Override
  default int every() {
    return 1;
  }
}
