package dev.rootwatch.testlog;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a fault's name.
 *
 * @param text null for nothing
 */
record FaultArgument(String name, @Nullable String text) {

  /** A whole number; {@code otherwise} when there is none. */
  int integer(int least, int most, int otherwise) {
    return (int) number(least, most, otherwise);
  }

  /** A whole number, or null when there is none. */
  @Nullable Long index() {
    return text == null ? null : number(0, Long.MAX_VALUE, 0);
  }

  /** A whole number, or null when there is none. */
  @Nullable Integer seconds() {
    return text == null ? null : integer(1, 1_000_000, 0);
  }

  long number(long least, long most, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(
        least == 1 ? "a whole number above zero" : "a whole number from " + least + " to " + most);
  }

  /** A number above zero, per second. */
  double rate() {
    try {
      double rate = text == null ? 0 : Double.parseDouble(text);
      if (rate >= 0.001 && rate <= 1_000_000) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("a number above zero");
  }

  /** One of two words, or nothing. */
  boolean isWord(String word) {
    if (text != null && !text.equals(word)) {
      throw wrong("nothing or \"" + word + "\"");
    }
    return text != null;
  }

  /** What can stand in a header, or null when there is nothing. */
  @Nullable String header() {
    if (text != null && !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw wrong("printable ASCII");
    }
    return text;
  }

  /** An address without a slash at its end. */
  String url(String otherwise) {
    String url = text == null ? otherwise : text;
    try {
      URI uri = new URI(url);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw wrong("an address like http://127.0.0.1:9/");
  }

  IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException(
        "fault " + name + " needs " + wanted + ", not \"" + text + "\"");
  }
}
