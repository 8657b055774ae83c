/** Signed notes, checkpoints and the signatures of tree heads. */
@NullMarked
package dev.rootwatch.ct.note;

import org.jspecify.annotations.NullMarked;
