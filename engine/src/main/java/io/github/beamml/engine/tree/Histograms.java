package io.github.beamml.engine.tree;

import java.util.Arrays;

/**
 * Kernels that add class counts of a node's rows by bin. A histogram is 256 longs, one a bin;
 * histograms of shards add up bin by bin.
 */
final class Histograms {
  static final int BINS = 256;

  private Histograms() {}

  /** Adds the rows from {@code from} to {@code to} to the histogram at {@code at}. */
  private static void add(
      int[] rows, long[] counts, int from, int to, byte[] bins, long[] sums, int at) {
    for (int i = from; i < to; i++) {
      sums[at + (bins[rows[i]] & 0xff)] += counts[i];
    }
  }

  private static void addTwo(
      int[] rows,
      long[] counts,
      int from,
      int to,
      byte[][] bins,
      int[] features,
      int first,
      long[] sums) {
    byte[] a = bins[features[first]];
    byte[] b = bins[features[first + 1]];
    int at = first * BINS;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      long count = counts[i];
      sums[at + (a[row] & 0xff)] += count;
      sums[at + BINS + (b[row] & 0xff)] += count;
    }
  }

  /** Four features in one loop: their chains of additions do not wait for each other. */
  private static void addFour(
      int[] rows,
      long[] counts,
      int from,
      int to,
      byte[][] bins,
      int[] features,
      int first,
      long[] sums) {
    byte[] a = bins[features[first]];
    byte[] b = bins[features[first + 1]];
    byte[] c = bins[features[first + 2]];
    byte[] d = bins[features[first + 3]];
    int at = first * BINS;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      long count = counts[i];
      sums[at + (a[row] & 0xff)] += count;
      sums[at + BINS + (b[row] & 0xff)] += count;
      sums[at + 2 * BINS + (c[row] & 0xff)] += count;
      sums[at + 3 * BINS + (d[row] & 0xff)] += count;
    }
  }

  /** Adds for all features chosen, histogram k for the k-th; {@code sums} is all zero before. */
  static void addAll(
      int[] rows,
      long[] counts,
      int from,
      int to,
      byte[][] bins,
      int[] features,
      int used,
      long[] sums) {
    int first = 0;
    for (; first + 4 <= used; first += 4) {
      addFour(rows, counts, from, to, bins, features, first, sums);
    }
    if (first + 2 <= used) {
      addTwo(rows, counts, from, to, bins, features, first, sums);
      first += 2;
    }
    if (first < used) {
      add(rows, counts, from, to, bins[features[first]], sums, first * BINS);
    }
  }

  static void clear(long[] sums, int used) {
    Arrays.fill(sums, 0, used * BINS, 0);
  }
}
