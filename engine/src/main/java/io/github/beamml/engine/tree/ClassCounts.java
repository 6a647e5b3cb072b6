package io.github.beamml.engine.tree;

/**
 * Two counts in one long: the weight of some rows in the low 32 bits, that of the positive ones
 * among them in the high 32. Sums of these are sums of both, as long as the weight stays below
 * 2^31.
 */
final class ClassCounts {
  private ClassCounts() {}

  static long of(int weight, int label) {
    return weight | ((long) weight * label) << 32;
  }

  static int weight(long counts) {
    return (int) counts;
  }

  static int positive(long counts) {
    return (int) (counts >>> 32);
  }

  static boolean isPure(long counts) {
    int positive = positive(counts);
    return positive == 0 || positive == weight(counts);
  }

  /**
   * How much more the sum of squared class shares is after a split than before, times the weight of
   * the node squared over two: (p W - P w)^2 / (w (W - w)), w and p to the left, W and P in all.
   * The numerator's root is exact; 0 means that both sides hold the same share.
   */
  static double gain(long left, long all) {
    long weight = weight(all);
    long leftWeight = weight(left);
    long difference = positive(left) * weight - positive(all) * leftWeight;
    return (double) difference
        * (double) difference
        / ((double) leftWeight * (double) (weight - leftWeight));
  }

  /** What a forest's leaf holds: the share of positives on the grid of 2^-32. */
  static double leaf(long positive, long weight) {
    return LeafGrid.round((double) positive / (double) weight);
  }
}
