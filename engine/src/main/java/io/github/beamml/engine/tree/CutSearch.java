package io.github.beamml.engine.tree;

/**
 * Finds how many of some ascending cuts a value lies beyond. A table over cells of equal width, any
 * monotone function of the value, leaves a few cuts to search in most cases and never more than a
 * binary search of all.
 */
final class CutSearch {
  private static final int CELLS = 1024;

  private final double[] cuts;
  private final int[] starts = new int[CELLS + 1];
  private final double origin;
  private final double cellsPerUnit;

  /**
   * @param cuts strictly ascending, without NaN
   */
  CutSearch(double[] cuts) {
    this.cuts = cuts;
    double width = cuts.length == 0 ? 0 : cuts[cuts.length - 1] - cuts[0];
    double scale = width > 0 ? CELLS / width : 0;
    boolean usable = scale > 0 && scale < Double.POSITIVE_INFINITY;
    origin = usable ? cuts[0] : 0;
    cellsPerUnit = usable ? scale : 0;
    int cut = 0;
    for (int cell = 0; cell <= CELLS; cell++) {
      while (cut < cuts.length && cellOf(cuts[cut]) < cell) {
        cut++;
      }
      starts[cell] = cut;
    }
  }

  /** The number of cuts below the value, that is, x <= cut fails; the value is not NaN. */
  int rank(double value) {
    int cell = cellOf(value);
    int low = starts[cell];
    int high = starts[cell + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cuts[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Beyond the ends, and for the NaN of an infinity times 0, the cell is the first or the last. */
  private int cellOf(double value) {
    return Math.min(Math.max((int) ((value - origin) * cellsPerUnit), 0), CELLS - 1);
  }
}
