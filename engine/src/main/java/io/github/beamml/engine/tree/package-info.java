/**
 * Exact histogram trees: the same model bytes for any thread count, row order and split of the
 * rows.
 */
@NullMarked
package io.github.beamml.engine.tree;

import org.jspecify.annotations.NullMarked;
