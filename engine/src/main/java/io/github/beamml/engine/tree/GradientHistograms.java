package io.github.beamml.engine.tree;

import java.util.Arrays;

/**
 * Histograms of derivatives: for each feature 256 sums of g, then 256 of h, all exact. Rows are
 * added in blocks whose sums fit 32 bits each, two to a long, then widened.
 */
final class GradientHistograms {
  static final int PER_FEATURE = 2 * Histograms.BINS;

  private GradientHistograms() {}

  /**
   * Writes the histograms of some features at their places in {@code sums}.
   *
   * @param pairs room for a histogram of each of the features, all zero before and after
   */
  static void compute(
      RowPartition rows,
      BoostingNode node,
      byte[][] bins,
      int[] features,
      long[] pairs,
      long[] sums) {
    for (int feature : features) {
      Arrays.fill(sums, feature * PER_FEATURE, feature * PER_FEATURE + PER_FEATURE, 0);
    }
    for (int from = node.from; from < node.to; from += LogisticGradients.BLOCK) {
      int to = Math.min(node.to, from + LogisticGradients.BLOCK);
      Histograms.addAll(rows.rows, rows.counts, from, to, bins, features, features.length, pairs);
      for (int i = 0; i < features.length; i++) {
        widen(pairs, i * Histograms.BINS, sums, features[i] * PER_FEATURE);
      }
    }
  }

  private static void widen(long[] pairs, int at, long[] sums, int to) {
    for (int bin = 0; bin < Histograms.BINS; bin++) {
      long pair = pairs[at + bin];
      sums[to + bin] += LogisticGradients.g(pair);
      sums[to + Histograms.BINS + bin] += LogisticGradients.h(pair);
      pairs[at + bin] = 0;
    }
  }

  /** Turns a parent's histograms into those of one child, given the other's. */
  static void subtract(long[] parent, long[] child, int[] features) {
    for (int feature : features) {
      int end = (feature + 1) * PER_FEATURE;
      for (int i = feature * PER_FEATURE; i < end; i++) {
        parent[i] -= child[i];
      }
    }
  }
}
