package dev.rootwatch.testlog;

import java.util.List;
import java.util.function.Function;

/**
 * Something that a fault does, and when.
 *
 * @param <T> a fault, or what it does
 */
record InForce<T>(T what, Occasions occasions) {

  /** The same occasions for what each of these does. */
  static <F, T> List<InForce<T>> map(List<InForce<F>> all, Function<F, T> behaviour) {
    return all.stream()
        .map(one -> new InForce<>(behaviour.apply(one.what()), one.occasions()))
        .toList();
  }
}
