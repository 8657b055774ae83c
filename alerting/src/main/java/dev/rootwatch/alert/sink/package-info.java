/** The sinks that come with Rootwatch, one class each. */
@NullMarked
package dev.rootwatch.alert.sink;

import org.jspecify.annotations.NullMarked;
