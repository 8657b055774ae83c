/** Strings that strangers wrote, made safe for each medium; one class for each. */
@NullMarked
package dev.rootwatch.alert.text;

import org.jspecify.annotations.NullMarked;
