/** The four sources of a log, the two protocols behind them, and manners over HTTP. */
@NullMarked
package dev.rootwatch.ct.source;

import org.jspecify.annotations.NullMarked;
