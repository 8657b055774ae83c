/** Merkle trees: ranges, roots, and the proofs about them. */
@NullMarked
package dev.rootwatch.ct.merkle;

import org.jspecify.annotations.NullMarked;
