/** What the project says about real data, and where that data is. */
@NullMarked
package dev.rootwatch.ct.real;

import org.jspecify.annotations.NullMarked;
