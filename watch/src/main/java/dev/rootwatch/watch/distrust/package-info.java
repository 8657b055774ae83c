/** The catalog of distrusted authorities and the verdict of each root program. */
@NullMarked
package dev.rootwatch.watch.distrust;

import org.jspecify.annotations.NullMarked;
