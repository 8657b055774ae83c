package dev.rootwatch.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which one TBS was seen. Its bytes can be copied by another authority, so a second
 * key is news; the alert shows one issuer and remembers the others in {@link Detail#OTHER_ISSUERS}.
 */
final class OtherIssuers {
  /** Beyond these, another key is no longer told apart. */
  private static final int MOST = 20;

  private final TreeMap<String, Map<String, Object>> byKey = new TreeMap<>();
  private final @Nullable IssuerInfo shown;

  private OtherIssuers(@Nullable IssuerInfo shown) {
    this.shown = shown;
  }

  /** Those that an alert remembers. */
  static OtherIssuers of(Alert alert) {
    return new OtherIssuers(alert.issuer()).with(alert.detail());
  }

  /** None yet; the one that is shown will never be among them. */
  static OtherIssuers beside(@Nullable IssuerInfo shown) {
    return new OtherIssuers(shown);
  }

  OtherIssuers with(Map<String, Object> detail) {
    if (detail.get(Detail.OTHER_ISSUERS) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> object && object.get("spkiSha256") instanceof String key) {
          Map<String, Object> copy = new LinkedHashMap<>();
          object.forEach((name, value) -> copy.put(String.valueOf(name), value));
          put(key, copy);
        }
      }
    }
    return this;
  }

  boolean contains(String spkiSha256) {
    return byKey.containsKey(spkiSha256);
  }

  boolean isFull() {
    return byKey.size() >= MOST;
  }

  OtherIssuers with(@Nullable IssuerInfo issuer) {
    if (issuer != null) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("spkiSha256", issuer.spkiSha256());
      object.put("name", issuer.name());
      if (issuer.family() != null) {
        object.put("family", issuer.family());
      }
      object.put("signature", issuer.signature());
      put(issuer.spkiSha256(), object);
    }
    return this;
  }

  private void put(String key, Map<String, Object> object) {
    boolean isShown = shown != null && shown.spkiSha256().equals(key);
    if (!isShown && !isFull()) {
      byKey.putIfAbsent(key, object);
    }
  }

  List<Object> toDetail() {
    return new ArrayList<>(byKey.values());
  }
}
