/** Benchmarks: how fast the hot path is, and the test that each one measures what it says. */
@NullMarked
package dev.rootwatch.benchmarks;

import org.jspecify.annotations.NullMarked;
