/** What a sink must be, for those who bring their own. */
@NullMarked
package dev.rootwatch.alert.spi;

import org.jspecify.annotations.NullMarked;
