package dev.rootwatch.alert;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader can look further.
 *
 * @param crtsh the certificate at crt.sh; null when there is none
 * @param entry the entry in the log; null when there is none
 */
@JsonPropertyOrder({"crtsh", "entry"})
public record Links(@Nullable String crtsh, @Nullable String entry) {
  public static final Links NONE = new Links(null, null);
}
