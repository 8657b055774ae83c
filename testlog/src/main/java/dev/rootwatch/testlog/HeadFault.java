package dev.rootwatch.testlog;

import dev.rootwatch.ct.LogProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the heads that are shown. All but {@link WrongSignature} are really signed.
 */
public sealed interface HeadFault extends Fault {

  /** The signature of every head has one bit changed. */
  record WrongSignature() implements HeadFault {}

  /** Heads stay as they are, whatever is published. */
  record FrozenHead() implements HeadFault {}

  /** The head's timestamp is so many hours older than it is. */
  record StaleHead(int hours) implements HeadFault {}

  /** The head's timestamp is so many seconds ahead. */
  record FutureHead(int seconds) implements HeadFault {}

  /** After a first head, a later one that is so many entries smaller than the largest shown. */
  record ShrinkingHead(long entries) implements HeadFault {}

  /**
   * Every second head has the size of the one before it and another root: that of a tree in which
   * one entry is different.
   *
   * @param index the entry that is different; null for the one in the middle of the tree
   */
  record SplitView(@Nullable Long index) implements HeadFault {}

  /**
   * The whole log continues another history: heads, entries, proofs and tiles are those of a tree
   * in which one entry is different. It fits together; it does not fit what was shown before.
   *
   * @param index the entry that is different; null for the one in the middle of the tree
   */
  record Fork(@Nullable Long index) implements HeadFault {}

  /** The log's clock is wrong by so many seconds: in Date, in heads, in what it takes in. */
  record ClockSkew(int seconds) implements HeadFault {}

  @Override
  default boolean appliesTo(LogProtocol protocol) {
    return true;
  }

  @Override
  default boolean lies() {
    return switch (this) {
      case FutureHead _, ShrinkingHead _, SplitView _, Fork _ -> true;
      case WrongSignature _, FrozenHead _, StaleHead _, ClockSkew _ -> false;
    };
  }

  @Override
  default int every() {
    return 1;
  }
}
