package io.github.beamml.engine.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in the order in which one grouping of them is counted: by group, then from the highest
 * margin down. Built once; every replicate runs over it with its own weights.
 */
final class Sweep {
  private static final byte POSITIVE = 1;
  private static final byte FLAGGED = 2;
  private static final byte ENDS_CELL = 4;
  private static final int HALF = 32;
  private static final long LOW_HALF = 0xFFFFFFFFL;

  private final int[] order;
  private final byte[] marks;
  private final int[] starts;
  private final WeightedTerms logLoss;
  private final WeightedTerms brier;
  private final WeightedTerms probability;

  private Sweep(ScoredRows rows, double threshold, int[] order, int[] starts) {
    this.order = order;
    this.starts = starts;
    marks = new byte[order.length];
    double[] logLossTerms = new double[order.length];
    double[] brierTerms = new double[order.length];
    double[] probabilities = new double[order.length];
    for (int at = 0; at < order.length; at++) {
      double p = rows.probability(order[at]);
      boolean positive = rows.isPositive(order[at]);
      marks[at] |= positive ? POSITIVE : 0;
      marks[at] |= RowTerms.isFlagged(p, threshold) ? FLAGGED : 0;
      logLossTerms[at] = RowTerms.logLoss(p, positive);
      brierTerms[at] = RowTerms.brier(p, positive);
      probabilities[at] = p;
    }
    logLoss = new WeightedTerms(logLossTerms);
    brier = new WeightedTerms(brierTerms);
    probability = new WeightedTerms(probabilities);
    markCells(rows);
  }

  private void markCells(ScoredRows rows) {
    for (int group = 0; group < groups(); group++) {
      for (int at = starts[group]; at < starts[group + 1]; at++) {
        boolean last = at + 1 == starts[group + 1];
        boolean ends = last || cell(rows, order[at]) != cell(rows, order[at + 1]);
        marks[at] |= ends ? ENDS_CELL : 0;
      }
    }
  }

  private static int cell(ScoredRows rows, int row) {
    return MarginCells.of(rows.margin(row));
  }

  /** The rows from the highest margin down; rows of one cell in any order. */
  static int[] byMargin(ScoredRows rows) {
    long[] keys = new long[rows.size()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = ((long) ~cell(rows, row) << Integer.SIZE) | row;
    }
    Arrays.parallelSort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  /** All rows as one group. */
  static Sweep overall(ScoredRows rows, double threshold, int[] byMargin) {
    return new Sweep(rows, threshold, byMargin, new int[] {0, rows.size()});
  }

  /** One group for each value of the column, in their order, and a last one for null. */
  static Sweep sliced(ScoredRows rows, double threshold, int[] byMargin, SliceColumn slice) {
    int groups = slice.values().size() + 1;
    int[] starts = new int[groups + 1];
    for (int row = 0; row < rows.size(); row++) {
      starts[group(slice, row) + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, groups);
    int[] order = new int[rows.size()];
    for (int row : byMargin) {
      order[next[group(slice, row)]++] = row;
    }
    return new Sweep(rows, threshold, order, starts);
  }

  private static int group(SliceColumn slice, int row) {
    int code = slice.code(row);
    return code < 0 ? slice.values().size() : code;
  }

  int groups() {
    return starts.length - 1;
  }

  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The totals of every group, each row counting as often as its weight says. */
  List<Totals> totals(byte[] weights) {
    byte[] ordered = new byte[order.length];
    for (int at = 0; at < order.length; at++) {
      ordered[at] = weights[order[at]];
    }
    return IntStream.range(0, groups()).mapToObj(group -> totals(ordered, group)).toList();
  }

  private Totals totals(byte[] ordered, int group) {
    int from = starts[group];
    int to = starts[group + 1];
    Totals totals = new Totals();
    rank(ordered, from, to, totals);
    totals.addSums(
        logLoss.sum(ordered, from, to),
        brier.sum(ordered, from, to),
        probability.sum(ordered, from, to));
    return totals;
  }

  private void rank(byte[] ordered, int from, int to, Totals totals) {
    long cell = 0;
    long flagged = 0;
    for (int at = from; at < to; at++) {
      int mark = marks[at];
      // Negatives are counted in the low half, positives in the high one.
      long counted = (long) ordered[at] << ((mark & POSITIVE) * HALF);
      cell += counted;
      flagged += (mark & FLAGGED) != 0 ? counted : 0;
      if ((mark & ENDS_CELL) != 0) {
        totals.addCell(cell >>> HALF, cell & LOW_HALF);
        cell = 0;
      }
    }
    totals.addFlagged(flagged >>> HALF, flagged & LOW_HALF);
  }
}
