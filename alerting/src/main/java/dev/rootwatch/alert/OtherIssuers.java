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

  static OtherIssuers of(Alert alert) {
    OtherIssuers issuers = new OtherIssuers();
    if (alert.detail().get(Detail.OTHER_ISSUERS) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> object && object.get("spkiSha256") instanceof String key) {
          Map<String, Object> copy = new LinkedHashMap<>();
          object.forEach((name, value) -> copy.put(String.valueOf(name), value));
          issuers.byKey.put(key, copy);
        }
      }
    }
    return issuers;
  }

  boolean contains(String spkiSha256) {
    return byKey.containsKey(spkiSha256);
  }

  boolean isFull() {
    return byKey.size() >= MOST;
  }

  OtherIssuers with(OtherIssuers others) {
    others.byKey.forEach((key, object) -> put(key, object));
    return this;
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
    if (!isFull() || byKey.containsKey(key)) {
      byKey.putIfAbsent(key, object);
    }
  }

  OtherIssuers without(@Nullable IssuerInfo shown) {
    if (shown != null) {
      byKey.remove(shown.spkiSha256());
    }
    return this;
  }

  List<Object> toDetail() {
    return new ArrayList<>(byKey.values());
  }
}
