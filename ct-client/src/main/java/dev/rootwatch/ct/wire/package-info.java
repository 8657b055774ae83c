/** Bounds-checked reading of TLS structures. */
@NullMarked
package dev.rootwatch.ct.wire;

import org.jspecify.annotations.NullMarked;
