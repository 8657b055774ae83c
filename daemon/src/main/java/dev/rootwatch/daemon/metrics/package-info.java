/** The numbers, for Prometheus. */
@NullMarked
package dev.rootwatch.daemon.metrics;

import org.jspecify.annotations.NullMarked;
