package dev.rootwatch.alert;

import dev.rootwatch.alert.text.JsonText;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of an alert, {@code rootwatch.alert/v1}: fields in the order of the contract, times
 * RFC 3339 in UTC, nulls said, and what cannot be seen escaped ({@link JsonText}). The same alert
 * always gives the same bytes.
 */
public final class AlertJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AlertJson() {}

  /** One line, without a line end. */
  public static String write(Alert alert) {
    return JsonText.visible(MAPPER.writeValueAsString(alert));
  }

  /** The same in UTF-8, as webhooks carry it. */
  public static byte[] writeBytes(Alert alert) {
    return write(alert).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #write} wrote; fields that a later version added are passed over.
   *
   * @throws IllegalArgumentException when it is not an alert, saying where
   */
  public static Alert read(String json) {
    try {
      return MAPPER.readValue(json, Alert.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a " + Alert.SCHEMA + ": " + e.getMessage(), e);
    }
  }
}
