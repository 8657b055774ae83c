package dev.rootwatch.ct.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that {@code HTTPS_PROXY} and {@code NO_PROXY} name, which Java does not look at and
 * containers are given. Small letters go before capitals, as in curl. Only for https: plain http is
 * for loopback, which never goes through a proxy.
 *
 * <pre>
 * HTTPS_PROXY = [http:// | socks5://] [user:password@] host [:port]
 * NO_PROXY    = * | entry, ...      entry = host | .suffix | *.suffix | address, each with or without :port
 * </pre>
 */
final class EnvironmentProxy extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Proxy proxy;
  private final @Nullable String userInfo;
  private final List<String> exceptions;

  private EnvironmentProxy(Proxy proxy, @Nullable String userInfo, List<String> exceptions) {
    this.proxy = proxy;
    this.userInfo = userInfo;
    this.exceptions = exceptions;
  }

  /**
   * Empty when the environment names no proxy, or when the system properties do, which then count
   * (through Java's own selector).
   *
   * @throws IllegalArgumentException when the proxy cannot be understood; the message keeps its
   *     password to itself
   */
  static Optional<EnvironmentProxy> from(Map<String, String> environment, Properties properties) {
    String value = get(environment, "https_proxy");
    if (value.isEmpty() || properties.containsKey("https.proxyHost")) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes the value.
      throw notAProxy();
    }
    String host = uri.getHost();
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.startsWith("socks5");
    if (host == null || !(socks || scheme.equals("http"))) {
      throw notAProxy();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : socks ? 1080 : 80;
    List<String> exceptions =
        Arrays.stream(get(environment, "no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList();
    return Optional.of(
        new EnvironmentProxy(
            new Proxy(
                socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                // Names are looked up when they are used, and again when the address changes.
                InetSocketAddress.createUnresolved(unbracketed(host), port)),
            uri.getRawUserInfo(),
            exceptions));
  }

  private static IllegalArgumentException notAProxy() {
    return new IllegalArgumentException(
        "HTTPS_PROXY names no proxy that can be used: write http://host:port or socks5://host:port");
  }

  private static String get(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      value = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
    }
    return value.strip();
  }

  /** Gives the proxy what stood before the {@code @}, unasked and once. */
  Authenticator authenticator() {
    if (userInfo == null) {
      return Authenticator.NONE;
    }
    int colon = userInfo.indexOf(':');
    String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
    String credentials = Credentials.basic(user, password, StandardCharsets.UTF_8);
    return (route, response) ->
        // Null gives up: these credentials were already refused.
        response.request().header("Proxy-Authorization") != null
            ? null
            : response.request().newBuilder().header("Proxy-Authorization", credentials).build();
  }

  private static String decode(String text) {
    // URLDecoder is made for forms, where a plus is a space.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public List<Proxy> select(@Nullable URI uri) {
    if (uri == null || uri.getHost() == null || !"https".equalsIgnoreCase(uri.getScheme())) {
      return DIRECT;
    }
    String host = unbracketed(uri.getHost().toLowerCase(Locale.ROOT));
    int port = uri.getPort() < 0 ? 443 : uri.getPort();
    boolean direct = isLoopback(host) || exceptions.stream().anyMatch(e -> excepts(e, host, port));
    return direct ? DIRECT : List.of(proxy);
  }

  private static boolean excepts(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    String name = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = unbracketed(name);
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || host.endsWith("." + name);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public void connectFailed(
      @Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException error) {
    // There is only one proxy: nothing to choose.
  }
}
