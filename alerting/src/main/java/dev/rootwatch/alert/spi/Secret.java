package dev.rootwatch.alert.spi;

/** A value that must not be seen: a password, a token, an address that holds one. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one place that needs it. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Always {@code ***}: so it stays out of logs, messages and what {@code config check} prints. */
  @Override
  public String toString() {
    return "***";
  }
}
