/** Coverage, findings and the outbox, committed one window at a time. */
@NullMarked
package dev.rootwatch.daemon.store;

import org.jspecify.annotations.NullMarked;
