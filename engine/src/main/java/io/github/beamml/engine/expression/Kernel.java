package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.RowBatch;

/** Computes one value a row of a batch whose schema it was made for. */
@FunctionalInterface
interface Kernel {
  Values compute(RowBatch batch);
}
