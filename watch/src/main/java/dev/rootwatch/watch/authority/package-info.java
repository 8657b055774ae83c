/** Who a key is, which roots it reaches, what is believed of it and why. */
@NullMarked
package dev.rootwatch.watch.authority;

import org.jspecify.annotations.NullMarked;
