package dev.rootwatch.alert.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.text.Visible;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Whatever receivers answer: an outcome, and words about it that an operator can be shown. */
class AnswersFuzzTest {
  private static final Alert ALERT = Alerts.distrusted();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final OkHttpClient client =
      new OkHttpClient.Builder().addInterceptor(this::answer).build();
  private final HttpPost post =
      new HttpPost(
          new dev.rootwatch.alert.spi.SinkEnvironment(System.out, false, client, SinkHarness.CLOCK),
          HttpUrl.get("https://hook.test/x"),
          TIMEOUT);
  private final AlertSink webhook =
      new WebhookSink(post, List.of(), Optional.empty(), SinkHarness.CLOCK);
  private final AlertSink slack = new SlackSink(post);
  private final EmailMessages messages = messages();
  private final SmtpServer server =
      new SmtpServer(
          "mail.test",
          25,
          SmtpServer.Tls.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TIMEOUT);
  private byte[] input = new byte[0];

  /** Two bytes of status, the value of Retry-After up to a line feed, the body. */
  @FuzzTest(maxDuration = "5m")
  void http(byte[] answer) throws InterruptedException {
    if (answer.length < 2) {
      return;
    }
    input = answer;
    int status = status();
    Delivery fromWebhook = webhook.deliver(ALERT);
    shown(fromWebhook);
    assertThat(fromWebhook instanceof Delivery.Accepted).isEqualTo(status >= 200 && status < 300);
    Delivery fromSlack = slack.deliver(ALERT);
    shown(fromSlack);
    if (fromSlack instanceof Delivery.Accepted) {
      assertThat(status).isEqualTo(200);
    }
  }

  /** What an SMTP server says, line after line, whatever we say. */
  @FuzzTest(maxDuration = "5m")
  void smtp(byte[] said) throws MessagingException {
    Session session = server.session();
    session.getProperties().put("mail.smtp.socketFactory", new Sockets(said));
    try {
      server.send(session, messages.of(ALERT, session), messages.recipients());
    } catch (MessagingException e) {
      shown(SmtpAnswer.of(e).reason());
    }
  }

  private static void shown(Delivery delivery) {
    switch (delivery) {
      case Delivery.Accepted accepted -> assertThat(accepted).isNotNull();
      case Delivery.Rejected rejected -> shown(rejected.reason());
      case Delivery.RetryLater later -> {
        shown(later.reason());
        Duration after = later.after();
        assertThat(after == null || !after.isNegative()).isTrue();
      }
    }
  }

  private static void shown(String reason) {
    assertThat(reason).isNotBlank().hasSizeLessThan(1000).isEqualTo(Visible.of(reason));
  }

  private int status() {
    return 200 + (((input[0] & 0xff) << 8) | (input[1] & 0xff)) % 400;
  }

  private Response answer(Interceptor.Chain chain) {
    int end = 2;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    String retryAfter = new String(input, 2, end - 2, ISO_8859_1);
    byte[] body = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(status())
        .message("")
        .headers(new Headers.Builder().addUnsafeNonAscii("Retry-After", retryAfter).build())
        .body(ResponseBody.create(body, null))
        .build();
  }

  private static EmailMessages messages() {
    try {
      return new EmailMessages(
          new InternetAddress("rootwatch@corp.test"),
          List.of(new InternetAddress("one@corp.test"), new InternetAddress("two@corp.test")),
          List.of(),
          SinkHarness.CLOCK);
    } catch (AddressException e) {
      throw new AssertionError(e);
    }
  }

  /** Sockets to a server that has said everything already, and does not listen. */
  private static final class Sockets extends SocketFactory {
    private final byte[] said;

    Sockets(byte[] said) {
      this.said = said;
    }

    @Override
    public Socket createSocket() {
      return new Said(said);
    }

    @Override
    public Socket createSocket(String host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return createSocket();
    }
  }

  private static final class Said extends Socket {
    private final InputStream said;

    Said(byte[] said) {
      this.said = new ByteArrayInputStream(said);
    }

    @Override
    public void connect(SocketAddress address) {}

    @Override
    public void connect(SocketAddress address, int timeout) {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return InetSocketAddress.createUnresolved("mail.test", 25);
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public InputStream getInputStream() {
      return said;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public synchronized void close() throws IOException {
      said.close();
    }
  }
}
