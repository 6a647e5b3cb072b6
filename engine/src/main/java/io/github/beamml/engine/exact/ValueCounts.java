package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import java.math.BigInteger;

/**
 * How many values a sum saw, and how many of them were NaN or infinite: kept beside the digits so
 * that they can go again.
 */
final class ValueCounts {
  /** Why a subtraction that the digits disprove is refused. */
  static final String NEVER_ADDED = "its values are not among those that were added";

  private static final long INFINITY = 0x7FF0000000000000L;
  private static final long NEGATIVE_INFINITY = 0xFFF0000000000000L;

  private long all;
  private long nan;
  private long positiveInfinity;
  private long negativeInfinity;

  ValueCounts copy() {
    ValueCounts copy = new ValueCounts();
    copy.merge(this);
    return copy;
  }

  long all() {
    return all;
  }

  long finite() {
    return all - nan - positiveInfinity - negativeInfinity;
  }

  boolean allFinite() {
    return (nan | positiveInfinity | negativeInfinity) == 0;
  }

  /**
   * The correctly rounded sum of all values.
   *
   * @param digits the finite ones in units of 2^-scale
   */
  double sum(Superaccumulator digits, int scale) {
    return allFinite() ? ExactRatio.scaledToDouble(digits.unscaled(), scale) : notFiniteSum();
  }

  /** The correctly rounded mean of all values; NaN if there are none. */
  double mean(Superaccumulator digits, int scale) {
    if (!allFinite()) {
      return notFiniteSum();
    }
    return all == 0
        ? Double.NaN
        : ExactRatio.scaled(digits.unscaled(), BigInteger.valueOf(all), -scale).toDouble();
  }

  /** What a sum with at least one NaN or infinity is: NaN, or the one infinity that occurs. */
  private double notFiniteSum() {
    if (nan > 0 || (positiveInfinity > 0 && negativeInfinity > 0)) {
      return Double.NaN;
    }
    return positiveInfinity > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  void addFinite(long times) {
    all = Math.addExact(all, times);
  }

  void addNotFinite(double value, long times) {
    all = Math.addExact(all, times);
    if (Double.isNaN(value)) {
      nan += times;
    } else if (value > 0) {
      positiveInfinity += times;
    } else {
      negativeInfinity += times;
    }
  }

  /** Counts values of which the kernel found {@code notFinite} to be NaN or infinite. */
  void addAll(double[] values, int from, int to, int notFinite) {
    add((long) to - from, notFinite, notFinite > 0 ? kinds(values, from, to) : 0);
  }

  /** Counts products of which the kernel found {@code notFinite} to be NaN or infinite. */
  void addProducts(double[] x, double[] y, int from, int to, int notFinite) {
    add((long) to - from, notFinite, notFinite > 0 ? productKinds(x, y, from, to) : 0);
  }

  /**
   * NaN in the high 32 bits, negative infinities in the low; no branches: as fast for many as for
   * one.
   */
  private static long kinds(double[] values, int from, int to) {
    long kinds = 0;
    for (int i = from; i < to; i++) {
      long bits = Double.doubleToRawLongBits(values[i]);
      long nan = (INFINITY - (bits & Long.MAX_VALUE)) >>> 63;
      long difference = bits ^ NEGATIVE_INFINITY;
      long other = (difference | -difference) >>> 63;
      kinds += (nan << 32) + 1 - other;
    }
    return kinds;
  }

  private static long productKinds(double[] x, double[] y, int from, int to) {
    long kinds = 0;
    for (int i = from; i < to; i++) {
      long a = Double.doubleToRawLongBits(x[i]);
      long b = Double.doubleToRawLongBits(y[i]);
      long product = Double.doubleToRawLongBits(x[i] * y[i]);
      long nan = (INFINITY - (product & Long.MAX_VALUE)) >>> 63;
      // Not the product's own infinity: finite factors may overflow here, but not in the exact sum.
      long infinite = (INFINITY - 1 - (a & Long.MAX_VALUE)) | (INFINITY - 1 - (b & Long.MAX_VALUE));
      kinds += (nan << 32) | (((infinite & (a ^ b)) >>> 63) & ~nan);
    }
    return kinds;
  }

  private void add(long size, long notFinite, long kinds) {
    long nans = kinds >>> 32;
    long negatives = kinds & 0xFFFFFFFFL;
    all = Math.addExact(all, Math.max(0, size));
    nan += nans;
    negativeInfinity += negatives;
    positiveInfinity += notFinite - nans - negatives;
  }

  void merge(ValueCounts other) {
    all = Math.addExact(all, other.all);
    nan += other.nan;
    positiveInfinity += other.positiveInfinity;
    negativeInfinity += other.negativeInfinity;
  }

  void subtract(ValueCounts other, StateKind kind) {
    refuseMore(other.all, all, "values", kind);
    refuseMore(other.nan, nan, "NaN", kind);
    refuseMore(other.positiveInfinity, positiveInfinity, "+infinity", kind);
    refuseMore(other.negativeInfinity, negativeInfinity, "-infinity", kind);
    refuseMore(other.finite(), finite(), "finite values", kind);
    all -= other.all;
    nan -= other.nan;
    positiveInfinity -= other.positiveInfinity;
    negativeInfinity -= other.negativeInfinity;
  }

  private static void refuseMore(long taken, long held, String what, StateKind kind) {
    if (taken > held) {
      throw CannotException.to(
          "subtract " + kind.title(), taken + " " + what + " from a state that holds " + held);
    }
  }

  void write(StateWriter writer) {
    writer.putNumber(all);
    writer.putNumber(nan);
    writer.putNumber(positiveInfinity);
    writer.putNumber(negativeInfinity);
  }

  static ValueCounts read(StateReader reader) {
    ValueCounts counts = new ValueCounts();
    counts.all = reader.readCount();
    counts.nan = reader.readCount();
    counts.positiveInfinity = reader.readCount();
    counts.negativeInfinity = reader.readCount();
    long left = counts.all;
    for (long part : new long[] {counts.nan, counts.positiveInfinity, counts.negativeInfinity}) {
      reader.check(part <= left, "it counts more NaN and infinities than values");
      left -= part;
    }
    return counts;
  }
}
