package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.spi.SinkSettings;
import okhttp3.HttpUrl;

/** The address of a sink. */
final class SinkUrl {
  private SinkUrl() {}

  /**
   * Reads {@code url}: https, or http to this machine, or http anywhere with {@code allowHttp:
   * true}. The address may hold a secret, so no message repeats it.
   */
  static HttpUrl of(SinkSettings settings) {
    HttpUrl url = HttpUrl.parse(settings.secret("url").value());
    boolean allowHttp = settings.flag("allowHttp", false);
    if (url == null) {
      throw settings.invalid("url", "is no address of the form https://host/path");
    }
    if (!url.isHttps() && !allowHttp && !isThisMachine(url.host())) {
      throw settings.invalid(
          "url",
          "is http to another machine, where everybody on the way can read and change alerts:"
              + " use https, or say allowHttp: true");
    }
    return url;
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
