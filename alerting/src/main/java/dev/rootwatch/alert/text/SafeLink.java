package dev.rootwatch.alert.text;

import java.util.regex.Pattern;

/**
 * Addresses that may be clicked: https, a plain host, and letters, digits and a few signs that mean
 * nothing to Slack or HTML. What an alert links to is made of hashes and numbers and looks like
 * that; anything else is shown as text.
 */
final class SafeLink {
  private static final Pattern SAFE =
      Pattern.compile("https://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?(/[A-Za-z0-9._~/?=%-]{0,500})?");

  private SafeLink() {}

  static boolean is(String address) {
    return SAFE.matcher(address).matches();
  }
}
