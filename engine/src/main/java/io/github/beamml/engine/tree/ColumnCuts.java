package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;

/**
 * The cuts of one feature: at most {@value #MAX_CUTS} values of its own data, strictly ascending. A
 * value lies in the bin of the first cut that is not below it (x &lt;= cut goes left), beyond the
 * last cut in a bin of its own, and in bin {@value #MISSING} if it is NaN. Of n values that are not
 * missing, cut q is the sorted value at floor(q * n / 255) for q = 1 to 254, duplicates dropped: it
 * depends on the multiset of values alone, so cuts of merged counts are cuts of all rows.
 */
public final class ColumnCuts {
  /** The most cuts that a feature has. */
  public static final int MAX_CUTS = 254;

  /** The bin of missing values. */
  public static final int MISSING = 255;

  private static final int PARTS = 255;

  private final double[] cuts;
  private final CutSearch search;

  private ColumnCuts(double[] cuts) {
    this.cuts = cuts;
    this.search = new CutSearch(cuts);
  }

  /** The cuts of a column; NaN is missing, infinities are values, -0.0 is +0.0. */
  public static ColumnCuts of(double[] column) {
    long[] keys = new long[column.length];
    int count = OrderedBits.gather(column, keys);
    OrderedBits.sort(keys, new long[count], count);
    return ofSorted(keys, count);
  }

  /**
   * The cuts of values counted before, such as counts of shards added up.
   *
   * @param values strictly ascending, without NaN
   * @param counts how often each value occurs, at least once
   * @throws InvalidInputException if the values do not ascend, or a count is not positive
   */
  public static ColumnCuts ofCounts(double[] values, long[] counts) {
    checkAscending(values);
    long total = 0;
    for (long count : counts) {
      if (count <= 0) {
        throw InvalidInputException.of("count of a value", count, "at least 1");
      }
      total = Math.addExact(total, count);
    }
    double[] cuts = new double[MAX_CUTS];
    int used = 0;
    int value = -1;
    long end = 0;
    for (int q = 1; q < PARTS && total > 0; q++) {
      long position = rankOf(q, total);
      while (position >= end) {
        value++;
        end += counts[value];
      }
      used = append(cuts, used, values[value]);
    }
    return new ColumnCuts(Arrays.copyOf(cuts, used));
  }

  /**
   * Cuts chosen before.
   *
   * @param cuts strictly ascending, at most {@value #MAX_CUTS}, without NaN
   * @throws InvalidInputException if they are not so
   */
  public static ColumnCuts ofCuts(double[] cuts) {
    if (cuts.length > MAX_CUTS) {
      throw InvalidInputException.of("cuts", cuts.length, "at most " + MAX_CUTS);
    }
    checkAscending(cuts);
    return new ColumnCuts(cuts.clone());
  }

  private static ColumnCuts ofSorted(long[] keys, int count) {
    double[] cuts = new double[MAX_CUTS];
    int used = 0;
    for (int q = 1; q < PARTS && count > 0; q++) {
      used = append(cuts, used, OrderedBits.toDouble(keys[(int) rankOf(q, count)]));
    }
    return new ColumnCuts(Arrays.copyOf(cuts, used));
  }

  /** floor(q * count / 255), without overflow for any count below 2^55. */
  private static long rankOf(int q, long count) {
    return q * count / PARTS;
  }

  private static int append(double[] cuts, int used, double value) {
    if (used > 0 && cuts[used - 1] == value) {
      return used;
    }
    cuts[used] = value + 0.0;
    return used + 1;
  }

  private static void checkAscending(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i]) || (i > 0 && values[i] <= values[i - 1])) {
        throw InvalidInputException.of("cuts", "not in order", "strictly ascending numbers");
      }
    }
  }

  /** How many cuts there are. */
  public int size() {
    return cuts.length;
  }

  /** The upper end of a bin: its cut, or positive infinity for the bin beyond the last cut. */
  public double upperEnd(int bin) {
    return bin < cuts.length ? cuts[bin] : Double.POSITIVE_INFINITY;
  }

  /** All cuts, ascending. */
  public double[] toArray() {
    return cuts.clone();
  }

  /** The bin of a value, {@value #MISSING} for NaN. */
  public int binOf(double value) {
    return Double.isNaN(value) ? MISSING : search.rank(value);
  }

  /** The bins of a column, a byte each. */
  public byte[] binsOf(double[] column) {
    byte[] bins = new byte[column.length];
    for (int row = 0; row < bins.length; row++) {
      bins[row] = (byte) binOf(column[row]);
    }
    return bins;
  }
}
