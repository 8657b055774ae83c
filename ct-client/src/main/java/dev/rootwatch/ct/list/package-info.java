/** Log lists: loaded, verified, refused when they make no sense, and remembered. */
@NullMarked
package dev.rootwatch.ct.list;

import org.jspecify.annotations.NullMarked;
