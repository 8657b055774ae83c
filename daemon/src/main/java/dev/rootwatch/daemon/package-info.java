/** The daemon: it reads every log, round after round, and commits what it saw. */
@NullMarked
package dev.rootwatch.daemon;

import org.jspecify.annotations.NullMarked;
