package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;

/**
 * How many values a sum saw, and how many of them were NaN or infinite: kept beside the digits so
 * that they can go again.
 */
final class ValueCounts {
  /** Why a subtraction that the digits disprove is refused. */
  static final String NEVER_ADDED = "its values are not among those that were added";

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

  /** What a sum with at least one NaN or infinity is: NaN, or the one infinity that occurs. */
  double notFiniteSum() {
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
    all = Math.addExact(all, (long) to - from);
    if (notFinite > 0) {
      for (int i = from; i < to; i++) {
        double value = values[i];
        nan += Double.isNaN(value) ? 1 : 0;
        positiveInfinity += value == Double.POSITIVE_INFINITY ? 1 : 0;
        negativeInfinity += value == Double.NEGATIVE_INFINITY ? 1 : 0;
      }
    }
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
