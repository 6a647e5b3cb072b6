package io.github.beamml.engine.tree;

/**
 * The best split of a node by one feature, from sums of derivatives by bin. The gain is G^2/(H+l2)
 * of both children less that of the node; candidates, their order and missing values are as {@link
 * SplitSearch} says, with h for weight.
 */
final class GradientSplitSearch {
  private final double l2;
  private final long minHessian;

  /**
   * @param l2 in integers, as derivatives are
   * @param minHessian in integers too
   */
  GradientSplitSearch(double l2, long minHessian) {
    this.l2 = l2;
    this.minHessian = minHessian;
  }

  double score(long g, long h) {
    return (double) g * (double) g / ((double) h + l2);
  }

  /** Newton's step: what is subtracted from the margins of a leaf's rows. */
  double step(long g, long h) {
    return (double) g / ((double) h + l2);
  }

  /** Whether a node is too light to be split. */
  boolean isTooLight(long h) {
    return h < 2 * minHessian || h < 2;
  }

  BoostingSplit best(BoostingNode node, long[] sums, int feature, int usedBins) {
    int at = feature * GradientHistograms.PER_FEATURE;
    long missingG = sums[at + ColumnCuts.MISSING];
    long missingH = sums[at + Histograms.BINS + ColumnCuts.MISSING];
    if (missingH == 0) {
      BoostingSplit split = best(node, sums, feature, usedBins, 0, 0, false, 0);
      boolean leftIsHeavier = split.h() > node.h - split.h();
      return new BoostingSplit(
          split.feature(), split.bin(), leftIsHeavier, split.g(), split.h(), split.gain());
    }
    BoostingSplit left = best(node, sums, feature, usedBins, missingG, missingH, true, 0);
    return left.orBetter(best(node, sums, feature, usedBins, 0, 0, false, left.gain()));
  }

  private BoostingSplit best(
      BoostingNode node,
      long[] sums,
      int feature,
      int usedBins,
      long missingG,
      long missingH,
      boolean missingLeft,
      double gainToBeat) {
    int at = feature * GradientHistograms.PER_FEATURE;
    double parent = score(node.g, node.h);
    double bestGain = gainToBeat;
    int bestBin = -1;
    long bestG = 0;
    long bestH = 0;
    long g = missingG;
    long h = missingH;
    for (int bin = 0; bin < usedBins; bin++) {
      long binH = sums[at + Histograms.BINS + bin];
      g += sums[at + bin];
      h += binH;
      if (binH == 0 || h < minHessian || node.h - h < minHessian || node.h == h) {
        continue;
      }
      double gain = score(g, h) + score(node.g - g, node.h - h) - parent;
      if (gain > bestGain) {
        bestGain = gain;
        bestBin = bin;
        bestG = g;
        bestH = h;
      }
    }
    return bestBin < 0
        ? BoostingSplit.NONE
        : new BoostingSplit(feature, bestBin, missingLeft, bestG, bestH, bestGain);
  }
}
