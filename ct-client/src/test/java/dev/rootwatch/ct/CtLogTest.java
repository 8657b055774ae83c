package dev.rootwatch.ct;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtLogTest {
  @ParameterizedTest
  @CsvSource({
    "lab-fork, http://127.0.0.1:18081/rfc6962-1/, lab-fork",
    "Lab_2.x, http://127.0.0.1:18081/log/, lab_2.x",
    "Google 'Argon2026h1' log, https://ct.googleapis.com/logs/us1/argon2026h1/, argon2026h1",
    "'..', https://tuscolo2026h1.skylight.geomys.org/, tuscolo2026h1.skylight.geomys.org",
    "'', https://log.tld/a/B, b",
  })
  void label_isTheNameWhereThatIsAWord(String name, String url, String label)
      throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    LogKey key = LogKey.ofSpki(keys.generateKeyPair().getPublic().getEncoded());

    assertThat(CtLog.custom(name, URI.create(url), LogProtocol.RFC6962, key).label())
        .isEqualTo(label);
  }
}
