package dev.rootwatch.alert;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An alert whose strings try everything: certificates are written by strangers. */
public final class HostileAlert {
  /** Ends lines, turns the writing, moves the cursor, mentions, links, formats, closes tags. */
  public static final String STRING =
      "x\r\nBcc: evil@evil.example\r\n\r\n\u001b[2J\u202egro.live\u2066 <!channel> <@U1> "
          + "<https://evil.example|bank> *b* _i_ ~s~ `c` ``` <script>alert(1)</script> \"'&amp; \0";

  private HostileAlert() {}

  public static Alert alert() {
    List<String> names =
        Stream.concat(
                Stream.of(STRING),
                IntStream.range(0, 3000).mapToObj(i -> STRING + i + ".example.com"))
            .toList();
    return new Alert(
        Alerts.ID,
        3,
        AlertType.CROSS_SIGN,
        Severity.CRITICAL,
        STRING.repeat(20),
        Alerts.NOW,
        false,
        new CertificateInfo(
            "certificate",
            "12".repeat(32),
            Alerts.ID,
            "0f",
            STRING.repeat(50),
            STRING,
            Alerts.NOW,
            Alerts.NOW,
            names,
            true,
            "MIIB"),
        new IssuerInfo(
            Alerts.TRUSTCOR,
            "key",
            "high",
            STRING,
            STRING,
            STRING,
            "invalid",
            IntStream.range(0, 50)
                .mapToObj(i -> new IssuerInfo.Reach("ab", STRING + i, List.of()))
                .toList()),
        IntStream.range(0, 200).mapToObj(i -> STRING + i).toList(),
        names,
        IntStream.range(0, 300).mapToObj(i -> Alerts.verdict(STRING + i, STRING)).toList(),
        IntStream.range(0, 100)
            .mapToObj(
                i -> new Sighting(Alerts.log(STRING), i, Alerts.NOW, Sighting.Verification.PENDING))
            .toList(),
        Map.of(STRING, STRING, "deep", Map.of(STRING, List.of(STRING))),
        new Links("https://crt.sh/?q=" + STRING, STRING));
  }
}
