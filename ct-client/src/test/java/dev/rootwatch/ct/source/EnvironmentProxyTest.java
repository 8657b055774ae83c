package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import okhttp3.Authenticator;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {
  private static final Properties NONE = new Properties();

  private static EnvironmentProxy proxy(String proxy, String except) {
    return EnvironmentProxy.from(Map.of("HTTPS_PROXY", proxy, "NO_PROXY", except), NONE)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.corp.tld:3128, HTTP, proxy.corp.tld, 3128",
    "http://proxy.corp.tld/, HTTP, proxy.corp.tld, 80",
    "proxy.corp.tld:3128, HTTP, proxy.corp.tld, 3128",
    "http://user:pa%3Ass@proxy.corp.tld:3128, HTTP, proxy.corp.tld, 3128",
    "socks5://10.0.0.1, SOCKS, 10.0.0.1, 1080",
    "http://[fd00::1]:3128, HTTP, fd00::1, 3128",
  })
  void select_proxyInAnyForm_used(String value, Proxy.Type type, String host, int port) {
    Proxy chosen = proxy(value, "").select(URI.create("https://ct.example.net/")).getFirst();
    assertThat(chosen.type()).isEqualTo(type);
    assertThat(chosen.address()).isEqualTo(InetSocketAddress.createUnresolved(host, port));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://ct.example.net/       |                        | false",
        "http://ct.example.net/        |                        | true",
        "https://127.0.0.1:8443/       |                        | true",
        "https://localhost/            |                        | true",
        "https://[::1]/                |                        | true",
        "https://ct.example.net/       | *                      | true",
        "https://ct.example.net/       | example.net            | true",
        "https://ct.example.net/       | .example.net           | true",
        "https://ct.example.net/       | a.b, *.example.net     | true",
        "https://example.net/          | .example.net           | false",
        "https://ctexample.net/        | example.net            | false",
        "https://CT.example.net/       | ct.EXAMPLE.net         | true",
        "https://ct.example.net/       | ct.example.net:443     | true",
        "https://ct.example.net/       | ct.example.net:8443    | false",
        "https://ct.example.net:8443/  | ct.example.net:8443    | true",
        "https://[fd00::1]/            | fd00::1                | true",
        "https://[fd00::1]/            | [fd00::1]:443          | true",
        "https://[fd00::2]/            | fd00::1                | false",
      })
  void select_exceptions_direct(String url, String except, boolean direct) {
    Proxy chosen =
        proxy("http://proxy:1", except == null ? "" : except).select(URI.create(url)).getFirst();
    assertThat(chosen.equals(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @Test
  void from_smallLetters_goBeforeCapitals() {
    Map<String, String> both = Map.of("https_proxy", "small:1", "HTTPS_PROXY", "capital:1");
    assertThat(
            EnvironmentProxy.from(both, NONE)
                .orElseThrow()
                .select(URI.create("https://a.b/"))
                .getFirst()
                .address())
        .isEqualTo(InetSocketAddress.createUnresolved("small", 1));
  }

  @Test
  void from_nothingSaidOrJavaTold_empty() {
    assertThat(EnvironmentProxy.from(Map.of(), NONE)).isEmpty();
    assertThat(EnvironmentProxy.from(Map.of("HTTPS_PROXY", " "), NONE)).isEmpty();
    Properties told = new Properties();
    told.setProperty("https.proxyHost", "other");
    assertThat(EnvironmentProxy.from(Map.of("HTTPS_PROXY", "http://proxy:1"), told)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://u:secret@proxy:1", "http://u:secret@", "ftp://u:secret@x", "u:secret@ x"})
  void from_noProxyAtAll_refusedWithoutItsPassword(String value) {
    assertThatThrownBy(() -> proxy(value, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void authenticator_credentials_givenOnce() throws Exception {
    Authenticator authenticator = proxy("http://us%40er:p+ss@proxy:1", "").authenticator();
    Request first = new Request.Builder().url("https://ct.example.net/").build();
    Request second = Objects.requireNonNull(authenticator.authenticate(null, refused(first)));
    // us@er:p+ss
    assertThat(second.header("Proxy-Authorization")).isEqualTo("Basic dXNAZXI6cCtzcw==");
    assertThat(authenticator.authenticate(null, refused(second))).isNull();
  }

  private static Response refused(Request request) {
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(407)
        .message("")
        .build();
  }
}
