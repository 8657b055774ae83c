/** The ground floor: the values every other package speaks in. */
@NullMarked
package dev.rootwatch.ct;

import org.jspecify.annotations.NullMarked;
