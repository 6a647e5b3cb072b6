package io.github.beamml.engine.evaluation;

/**
 * Margins as integers of {@value #BITS} bits in the same order: the sign, the exponent and the
 * leading 16 bits of the fraction, so two margins share a cell only if they differ by less than 1
 * part in 65,536. Integer counts by cell are what ranking metrics are made of.
 */
final class MarginCells {
  static final int BITS = 28;

  private MarginCells() {}

  /** The cell of a margin that is not NaN; -0.0 lies with +0.0. */
  static int of(double margin) {
    long bits = Double.doubleToRawLongBits(margin + 0.0);
    long ordered = bits ^ ((bits >> 63) | Long.MIN_VALUE);
    return (int) (ordered >>> (Long.SIZE - BITS));
  }
}
