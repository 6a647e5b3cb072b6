package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.hash.PoissonWeights;
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
  private static final int BLOCK = 1024;

  private final int[] order;
  private final byte[] marks;
  private final int[] starts;
  private final double[] logLoss;
  private final double[] brier;
  private final double[] probability;

  private Sweep(ScoredRows rows, double threshold, int[] order, int[] starts) {
    this.order = order;
    this.starts = starts;
    marks = new byte[order.length];
    logLoss = new double[order.length];
    brier = new double[order.length];
    probability = new double[order.length];
    for (int at = 0; at < order.length; at++) {
      double p = rows.probability(order[at]);
      boolean positive = rows.isPositive(order[at]);
      marks[at] |= positive ? POSITIVE : 0;
      marks[at] |= RowTerms.isFlagged(p, threshold) ? FLAGGED : 0;
      logLoss[at] = RowTerms.logLoss(p, positive);
      brier[at] = RowTerms.brier(p, positive);
      probability[at] = p;
    }
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
    return IntStream.range(0, groups()).mapToObj(group -> totals(weights, group)).toList();
  }

  private Totals totals(byte[] weights, int group) {
    Totals totals = new Totals();
    rank(weights, starts[group], starts[group + 1], totals);
    sum(weights, starts[group], starts[group + 1], totals);
    return totals;
  }

  private void rank(byte[] weights, int from, int to, Totals totals) {
    long[] cell = new long[2];
    long[] flagged = new long[2];
    for (int at = from; at < to; at++) {
      int weight = weights[order[at]];
      int mark = marks[at];
      cell[mark & POSITIVE] += weight;
      flagged[mark & POSITIVE] += (mark & FLAGGED) != 0 ? weight : 0;
      if ((mark & ENDS_CELL) != 0) {
        totals.addCell(cell[1], cell[0]);
        cell[0] = 0;
        cell[1] = 0;
      }
    }
    totals.addFlagged(flagged[1], flagged[0]);
  }

  /**
   * Each term is added as often as its weight says: cheaper than products, as most weights are 1.
   */
  private void sum(byte[] weights, int from, int to, Totals totals) {
    int[] drawn = new int[BLOCK + PoissonWeights.MAX];
    double[] terms = new double[drawn.length];
    int at = from;
    while (at < to) {
      int size = 0;
      for (; at < to && size < BLOCK; at++) {
        for (int weight = weights[order[at]]; weight > 0; weight--) {
          drawn[size++] = at;
        }
      }
      addAll(totals.logLoss, logLoss, drawn, size, terms);
      addAll(totals.brier, brier, drawn, size, terms);
      addAll(totals.probability, probability, drawn, size, terms);
    }
  }

  private static void addAll(ExactSum sum, double[] from, int[] drawn, int size, double[] terms) {
    for (int i = 0; i < size; i++) {
      terms[i] = from[drawn[i]];
    }
    sum.addAll(terms, 0, size);
  }
}
