package io.github.beamml.engine.tree;

/**
 * The best split of a node, from class counts by bin. A candidate cut is the upper end of a bin
 * that rows of the node lie in; all are tried with missing values to the left, then to the right.
 * Only a strictly greater gain replaces the best so far. Where the node has no missing value, those
 * to come go to the heavier child, to the right if both weigh the same.
 */
final class SplitSearch {
  private final int[] bins = new int[Histograms.BINS];
  private final long[] upTo = new long[Histograms.BINS];
  private final long[] seen = new long[Histograms.BINS / Long.SIZE];
  private final int minWeight;

  private long all;
  private double bestGain;
  private int bestFeature;
  private int bestBin;
  private long bestLeft;
  private boolean bestMissingLeft;

  SplitSearch(int minWeight) {
    this.minWeight = minWeight;
  }

  /** Begins a node with these counts in all. */
  void start(long counts) {
    all = counts;
    bestGain = 0;
    bestFeature = -1;
  }

  boolean found() {
    return bestFeature >= 0;
  }

  int feature() {
    return bestFeature;
  }

  int bin() {
    return bestBin;
  }

  /** The counts of the left child. */
  long left() {
    return bestLeft;
  }

  boolean missingLeft() {
    return bestMissingLeft;
  }

  /** The gain, as {@link ClassCounts#gain} says, over the node's weight. */
  double gain() {
    return bestGain / ClassCounts.weight(all);
  }

  /**
   * Tries a feature with its histogram at {@code at}.
   *
   * @param usedBins values lie in bins below it
   */
  void tryFeature(int feature, long[] sums, int at, int usedBins) {
    int used = 0;
    long sum = 0;
    for (int bin = 0; bin < usedBins; bin++) {
      long counts = sums[at + bin];
      sum += counts;
      bins[used] = bin;
      upTo[used] = sum;
      used += counts == 0 ? 0 : 1;
    }
    tryCuts(feature, used, sums[at + ColumnCuts.MISSING]);
  }

  /**
   * As {@link #tryFeature}, for few rows: visits only bins that occur. Leaves {@code sums} all
   * zero, as it was before.
   */
  void tryFewRows(
      int feature, int[] rows, long[] counts, int from, int to, byte[] column, long[] sums) {
    for (int i = from; i < to; i++) {
      int bin = column[rows[i]] & 0xff;
      sums[bin] += counts[i];
      seen[bin >> 6] |= 1L << bin;
    }
    int used = 0;
    long sum = 0;
    long missing = sums[ColumnCuts.MISSING];
    for (int word = 0; word < seen.length; word++) {
      for (long left = seen[word]; left != 0; left &= left - 1) {
        int bin = (word << 6) + Long.numberOfTrailingZeros(left);
        sum += sums[bin];
        sums[bin] = 0;
        bins[used] = bin;
        upTo[used] = sum;
        used++;
      }
      seen[word] = 0;
    }
    tryCuts(feature, missing == 0 ? used : used - 1, missing);
  }

  private void tryCuts(int feature, int used, long missing) {
    if (missing == 0) {
      if (tryCuts(feature, used, 0, false)) {
        int leftWeight = ClassCounts.weight(bestLeft);
        bestMissingLeft = leftWeight > ClassCounts.weight(all) - leftWeight;
      }
    } else {
      tryCuts(feature, used, missing, true);
      tryCuts(feature, used, 0, false);
    }
  }

  /** Tries all cuts with {@code missing} added to the left; whether one is the best so far. */
  private boolean tryCuts(int feature, int used, long missing, boolean missingLeft) {
    int cut = bestCut(upTo, used, missing, all, minWeight, bestGain);
    if (cut < 0) {
      return false;
    }
    bestLeft = upTo[cut] + missing;
    bestGain = ClassCounts.gain(bestLeft, all);
    bestFeature = feature;
    bestBin = bins[cut];
    bestMissingLeft = missingLeft;
    return true;
  }

  /** The first of the cuts with the greatest gain, -1 if none is above {@code gainToBeat}. */
  private static int bestCut(
      long[] upTo, int used, long missing, long all, int minWeight, double gainToBeat) {
    int best = -1;
    double bestGain = gainToBeat;
    int weight = ClassCounts.weight(all);
    for (int cut = 0; cut < used; cut++) {
      long left = upTo[cut] + missing;
      int leftWeight = ClassCounts.weight(left);
      if (leftWeight < minWeight || weight - leftWeight < minWeight) {
        continue;
      }
      double gain = ClassCounts.gain(left, all);
      if (gain > bestGain) {
        bestGain = gain;
        best = cut;
      }
    }
    return best;
  }
}
