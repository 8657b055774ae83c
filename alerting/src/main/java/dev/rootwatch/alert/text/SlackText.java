package dev.rootwatch.alert.text;

import java.util.function.IntFunction;

/**
 * Text for Slack. {@code &}, {@code <} and {@code >} are Slack's control characters: escaped, no
 * mention ({@code <!channel>}) and no link can come of a certificate's string. In mrkdwn such
 * strings stand as code, where Slack knows no formatting, emoji or automatic links.
 *
 * <p>Source: https://docs.slack.dev/messaging/formatting-message-text/
 */
public final class SlackText {
  private SlackText() {}

  /** For {@code plain_text} and for the fallback text; at most so many characters when escaped. */
  public static String plain(String text, int most) {
    return build(text, most, SlackText::escaped);
  }

  /** A span of code for {@code mrkdwn}, marks included at most so many characters. */
  public static String code(String text, int most) {
    return text.isEmpty() ? "" : "`" + build(text, most - 2, SlackText::escapedInCode) + "`";
  }

  /** A link for {@code mrkdwn} with its address to read; as code when it might be anything else. */
  public static String link(String address, int most) {
    String link = "<" + address + "|" + address + ">";
    return SafeLink.is(address) && link.length() <= most ? link : code(address, most);
  }

  /** Lines of code for {@code mrkdwn}; as many whole lines as fit into so many characters. */
  public static String codeBlock(Iterable<String> lines, int most) {
    StringBuilder block = new StringBuilder("```\n");
    for (String line : lines) {
      String escaped = build(line, 200, SlackText::escapedInCode);
      if (block.length() + escaped.length() + 1 + 5 > most) {
        block.append("…\n");
        break;
      }
      block.append(escaped).append('\n');
    }
    return block.append("```").toString();
  }

  private static String build(String text, int most, IntFunction<String> piece) {
    String visible = Visible.of(text);
    StringBuilder built = new StringBuilder(Math.min(visible.length(), most) + 16);
    for (int i = 0; i < visible.length(); ) {
      int point = visible.codePointAt(i);
      i += Character.charCount(point);
      String next = piece.apply(point);
      int room = most - built.length() - (i < visible.length() ? 1 : 0);
      if (next.length() > room) {
        return built.append('…').toString();
      }
      built.append(next);
    }
    return built.toString();
  }

  private static String escaped(int point) {
    return switch (point) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      default -> Character.toString(point);
    };
  }

  /** A grave accent would end the code: it becomes one that looks alike. */
  private static String escapedInCode(int point) {
    return point == '`' ? "\u02cb" : escaped(point);
  }
}
