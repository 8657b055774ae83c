package dev.rootwatch.testlog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a log does wrong on purpose. Written as {@code NAME} or {@code NAME:ARG}. */
public sealed interface Fault {

  /** Every third request is answered 429. */
  record TooManyRequests(@Nullable String retryAfter) implements Fault {}

  /** Every third request is answered 500 with a page of HTML. */
  record HtmlErrorPage() implements Fault {}

  /** get-entries gives at most this many entries. */
  record ShortAnswers(int most) implements Fault {}

  /** The signature of every head has one bit changed. */
  record WrongSignature() implements Fault {}

  /** Heads stay as they are, whatever is published. */
  record FrozenHead() implements Fault {}

  /** The words for the command line, with what they take. */
  static List<String> words() {
    return List.of(
        "frozen-head",
        "http-429[:RETRY_AFTER]",
        "http-500-html",
        "short-answers:N",
        "wrong-signature");
  }

  /**
   * Reads {@code NAME[:ARG]}.
   *
   * @throws IllegalArgumentException when there is no such fault or its argument is wrong; the
   *     message says what there is
   */
  static Fault parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? null : text.substring(colon + 1);
    return switch (name) {
      case "http-429" -> new TooManyRequests(argument);
      case "short-answers" -> new ShortAnswers(positive(name, argument));
      case "http-500-html" -> without(argument, name, new HtmlErrorPage());
      case "wrong-signature" -> without(argument, name, new WrongSignature());
      case "frozen-head" -> without(argument, name, new FrozenHead());
      default ->
          throw new IllegalArgumentException(
              "no fault \"" + name + "\"; there are: " + String.join(", ", words()));
    };
  }

  /** Reads several, all of them before complaining about any. */
  static List<Fault> parse(List<String> texts) {
    List<Fault> faults = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (String text : texts) {
      try {
        faults.add(parse(text));
      } catch (IllegalArgumentException e) {
        complaints.add(String.valueOf(e.getMessage()));
      }
    }
    if (!complaints.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", complaints));
    }
    return faults;
  }

  private static int positive(String name, @Nullable String argument) {
    try {
      int number = argument == null ? 0 : Integer.parseInt(argument);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "fault " + name + " needs a number above zero: " + name + ":8");
  }

  private static Fault without(@Nullable String argument, String name, Fault fault) {
    if (argument != null) {
      throw new IllegalArgumentException("fault " + name + " takes no argument");
    }
    return fault;
  }
}
