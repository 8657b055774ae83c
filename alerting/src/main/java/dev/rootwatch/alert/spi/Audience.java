package dev.rootwatch.alert.spi;

/** Who reads a sink. */
public enum Audience {
  /** People: in a storm they get the first alerts at once, then a digest for each window. */
  PEOPLE,
  /** Machines: they get every alert by itself. */
  MACHINES
}
