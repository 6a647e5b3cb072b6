package io.github.beamml.engine.tree;

/**
 * The grid of leaf values, multiples of 2^-32: as long as sums stay below 2^20, every partial sum
 * of leaves is exact, in any order.
 */
final class LeafGrid {
  static final double STEPS = 0x1p32;
  static final double LIMIT = 0x1p20;

  private LeafGrid() {}

  /** The nearest value of the grid, ties to even, never -0.0. */
  static double round(double value) {
    return StrictMath.rint(value * STEPS) / STEPS + 0.0;
  }

  /** A value of the grid as a number of steps. */
  static long steps(double value) {
    return (long) (value * STEPS);
  }
}
