package dev.rootwatch.alert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@link Alert#detail} that have a meaning for every alert, and what may stand there.
 */
public final class Detail {
  /** RFC 3339: the episode is over. */
  public static final String ENDED_AT = "endedAt";

  /**
   * How many sightings there were beyond those listed. A place that is not listed is not remembered
   * either, so reading it again counts it again.
   */
  public static final String SIGHTINGS_NOT_LISTED = "sightingsNotListed";

  /** ISSUER objects: other keys under which the same TBS was seen. */
  public static final String OTHER_ISSUERS = "otherIssuers";

  /** The object of {@link Backdating}. */
  public static final String BACKDATING = "backdating";

  /** True: people may read of it in a digest; gone as soon as one sighting says otherwise. */
  public static final String DIGEST = "digest";

  private Detail() {}

  /** A copy with one more entry. */
  public static Map<String, Object> with(Map<String, Object> detail, String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(detail);
    more.put(key, value);
    return more;
  }

  static Map<String, Object> withNotListed(Map<String, Object> detail, int notListed) {
    return notListed == 0
        ? detail
        : with(detail, SIGHTINGS_NOT_LISTED, notListed(detail) + notListed);
  }

  static long notListed(Map<String, Object> detail) {
    return detail.get(SIGHTINGS_NOT_LISTED) instanceof Number number ? number.longValue() : 0;
  }

  /** Unmodifiable, deep, and in the form in which JSON gives it back, so that equals works. */
  static Map<String, Object> copyOf(Map<String, Object> detail) {
    return object(detail);
  }

  private static Map<String, Object> object(Map<?, ?> from) {
    Map<String, Object> copy = new LinkedHashMap<>();
    from.forEach((key, value) -> {
      Object json = value(value);
      if (json != null) {
        copy.put(String.valueOf(key), json);
      }
    });
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean truth -> truth;
      case Byte number -> number.longValue();
      case Short number -> number.longValue();
      case Integer number -> number.longValue();
      case Long number -> number;
      case BigInteger number -> number.bitLength() < Long.SIZE ? number.longValue() : number;
      case Float number -> number.doubleValue();
      case Double number -> number;
      case BigDecimal number -> number.doubleValue();
      case Instant time -> time.toString();
      case Map<?, ?> object -> object(object);
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        for (Object element : list) {
          Object json = value(element);
          if (json != null) {
            copy.add(json);
          }
        }
        yield Collections.unmodifiableList(copy);
      }
      default ->
          throw new IllegalArgumentException(
              "detail of an alert holds JSON values only, not " + value.getClass().getName());
    };
  }
}
