/** The configuration: read, checked, and explained to the operator. */
@NullMarked
package dev.rootwatch.daemon.config;

import org.jspecify.annotations.NullMarked;
