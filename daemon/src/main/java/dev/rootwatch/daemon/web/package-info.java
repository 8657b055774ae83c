/** The pages and the API. */
@NullMarked
package dev.rootwatch.daemon.web;

import org.jspecify.annotations.NullMarked;
