/** Examines entries and says what was found. */
@NullMarked
package dev.rootwatch.watch;

import org.jspecify.annotations.NullMarked;
