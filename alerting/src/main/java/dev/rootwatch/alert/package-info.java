/** Alerts, their routes, and their way from the outbox to a sink. */
@NullMarked
package dev.rootwatch.alert;

import org.jspecify.annotations.NullMarked;
