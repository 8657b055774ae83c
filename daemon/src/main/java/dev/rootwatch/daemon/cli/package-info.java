/** The commands a person types. */
@NullMarked
package dev.rootwatch.daemon.cli;

import org.jspecify.annotations.NullMarked;
