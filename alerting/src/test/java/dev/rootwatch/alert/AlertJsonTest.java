package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertJsonTest {

  @Test
  void write_certificate_hasTheContractsFieldsInItsOrder() {
    assertThat(AlertJson.write(Alerts.distrusted()))
        .isEqualTo(
            """
            {"schema":"rootwatch.alert/v1","id":"%1$s","revision":1,"type":"distrusted-issuer",\
            "severity":"high","title":"TrustCor ECA-1 issued a certificate for mail.example.com",\
            "firstSeen":"2026-11-24T07:00:00Z","test":false,\
            "certificate":{"kind":"precertificate","sha256":"%2$s","tbsSha256":"%1$s",\
            "serial":"0a0b","subject":"CN=mail.example.com",\
            "issuer":"CN=TrustCor ECA-1,O=TrustCor Systems S. de R.L.,C=PA",\
            "notBefore":"2022-11-01T00:00:00Z","notAfter":"2023-11-01T00:00:00Z",\
            "names":["mail.example.com","example.com"],"isCa":false,"der":"MIIB"},\
            "issuer":{"spkiSha256":"%3$s","matchedBy":"key","confidence":"high",\
            "family":"trustcor","owner":"trustcor","name":"TrustCor ECA-1","signature":"valid",\
            "reaches":[{"spkiSha256":"%4$s","name":"TrustCor RootCert CA-1","path":["%3$s"]}]},\
            "rules":["distrusted"],"matchedNames":[],\
            "verdicts":[%5$s,%6$s,%7$s],\
            "sightings":[{"log":{"id":"log-a-id=","name":"log-a","url":"https://log-a.example/"},\
            "index":7,"timestamp":"2026-11-24T06:59:07Z","verification":"pending"}],\
            "detail":{},"links":{"crtsh":"https://crt.sh/?q=%2$s","entry":null}}\
            """
                .formatted(
                    Alerts.ID,
                    "12".repeat(32),
                    Alerts.TRUSTCOR,
                    "d2".repeat(32),
                    verdict("mozilla", "distrusted"),
                    verdict("chrome", "distrusted"),
                    verdict("jdk", "not-included")));
  }

  private static String verdict(String program, String result) {
    return """
    {"program":"%s","purpose":"tls","result":"%s","kind":"removed",\
    "effective":"2022-11-30T00:00:00Z","basis":"notBefore","boundary":"exclusive",\
    "unit":"second","anchor":null,"asOf":"2026-11-24T07:00:00Z",\
    "citation":"https://bugzilla.mozilla.org/show_bug.cgi?id=1803453",\
    "catalogVersion":"2026-11-23"}\
    """
        .formatted(program, result);
  }

  @Test
  void write_aboutALog_saysNulls() {
    assertThat(AlertJson.write(Alerts.aboutALog()))
        .contains("\"certificate\":null,\"issuer\":null,\"rules\":[]")
        .contains("\"links\":{\"crtsh\":null,\"entry\":null}");
  }

  @Test
  void read_whatWasWritten_isTheSameAlert() {
    Alert odd =
        Alerts.distrusted()
            .withDetail(
                Map.of(
                    "number",
                    7,
                    "large",
                    1L << 40,
                    "list",
                    List.of(1, Map.of("deep", true)),
                    "when",
                    Alerts.NOW,
                    "text",
                    "\u202e\u0000\ud83d\ude00 half \ud83d"));

    assertThat(AlertJson.read(AlertJson.write(odd))).isEqualTo(odd);
    assertThat(AlertJson.read(AlertJson.write(Alerts.aboutALog()))).isEqualTo(Alerts.aboutALog());
  }

  @Test
  void writeBytes_halfACharacter_isEscapedAndNotRefused() {
    Alert odd = Alerts.distrusted().withDetail(Map.of("text", "\ud83d \u202e"));
    assertThat(new String(AlertJson.writeBytes(odd), StandardCharsets.UTF_8))
        .contains("\\ud83d \\u202e")
        .isEqualTo(AlertJson.write(odd));
  }

  @Test
  void read_fieldOfALaterVersion_isPassedOver() {
    String later =
        AlertJson.write(Alerts.distrusted()).replace("\"detail\":{}", "\"new\":1,\"detail\":{}");

    assertThat(AlertJson.read(later)).isEqualTo(Alerts.distrusted());
  }

  @Test
  void read_somethingElse_saysWhat() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AlertJson.read("{\"id\":"))
        .withMessageStartingWith("not a rootwatch.alert/v1: ");
  }

  @Test
  void detail_notJson_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Alerts.distrusted().withDetail(Map.of("thing", Alerts.issuer(Alerts.ID))))
        .withMessageContaining("JSON values only");
  }
}
