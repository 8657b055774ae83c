/** Reading a stretch of a log in order and proving it against the signed tree head. */
@NullMarked
package dev.rootwatch.ct.read;

import org.jspecify.annotations.NullMarked;
