/** Domains, punycode and look-alikes. */
@NullMarked
package dev.rootwatch.watch.name;

import org.jspecify.annotations.NullMarked;
