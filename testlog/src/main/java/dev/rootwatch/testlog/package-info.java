/** A Certificate Transparency log that speaks both protocols and misbehaves on request. */
@NullMarked
package dev.rootwatch.testlog;

import org.jspecify.annotations.NullMarked;
