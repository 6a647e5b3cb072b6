package io.github.beamml.engine.exact;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The smallest and the largest of doubles. NaN is counted and otherwise passed over; infinities are
 * values; -0.0 counts as +0.0.
 *
 * <p>State class: exact, but it cannot subtract: which value was the next smallest is not known any
 * more.
 */
public final class MinMax implements MergeableState<MinMax> {
  private long count;
  private long nan;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  private MinMax() {}

  /** Returns the state of no values. */
  public static MinMax empty() {
    return new MinMax();
  }

  /** Returns the state of the given values. */
  public static MinMax of(double... values) {
    MinMax state = empty();
    state.addAll(values, 0, values.length);
    return state;
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws io.github.beamml.engine.CannotException if the bytes are anything else
   */
  public static MinMax fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.MIN_MAX, bytes);
    MinMax state = new MinMax();
    state.count = reader.readCount();
    state.nan = reader.readCount();
    reader.check(state.nan <= state.count, "it counts more NaN than values");
    if (state.nan < state.count) {
      long min = reader.readLong();
      long max = reader.readLong();
      state.min = Double.longBitsToDouble(min);
      state.max = Double.longBitsToDouble(max);
      reader.check(state.min <= state.max, "its minimum is not below its maximum");
      reader.check(min != Long.MIN_VALUE && max != Long.MIN_VALUE, "it holds -0.0");
    }
    reader.finish();
    return state;
  }

  /** Adds a value. */
  public void add(double value) {
    count++;
    if (Double.isNaN(value)) {
      nan++;
    } else {
      min = Math.min(min, value + 0.0);
      max = Math.max(max, value + 0.0);
    }
  }

  /** Adds the values of the range [from, to). */
  public void addAll(double[] values, int from, int to) {
    double least = min;
    double greatest = max;
    long notNumbers = 0;
    for (int i = from; i < to; i++) {
      double value = values[i] + 0.0; // -0.0 + 0.0 is +0.0
      least = value < least ? value : least; // false for NaN
      greatest = value > greatest ? value : greatest;
      notNumbers += Double.isNaN(value) ? 1 : 0;
    }
    min = least;
    max = greatest;
    nan += notNumbers;
    count += Math.max(0, to - from);
  }

  /**
   * Adds the values of the range [from, to) that are not null.
   *
   * @param nulls bit {@code i & 63} of {@code nulls[i >> 6]} is set where value i is null; null if
   *     none is
   */
  public void addAll(double[] values, long @Nullable [] nulls, int from, int to) {
    if (nulls == null) {
      addAll(values, from, to);
      return;
    }
    for (int i = from; i < to; i++) {
      if (!NonNull.isNull(nulls, i)) {
        add(values[i]);
      }
    }
  }

  @Override
  public void merge(MinMax other) {
    count = Math.addExact(count, other.count);
    nan += other.nan;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  @Override
  public MinMax copy() {
    MinMax copy = new MinMax();
    copy.merge(this);
    return copy;
  }

  /** Returns how many values were added, NaN included. */
  public long count() {
    return count;
  }

  /** Returns how many of the values were NaN. */
  public long nanCount() {
    return nan;
  }

  /** Returns the smallest value; NaN if there is none. */
  public double min() {
    return count == nan ? Double.NaN : min;
  }

  /** Returns the largest value; NaN if there is none. */
  public double max() {
    return count == nan ? Double.NaN : max;
  }

  @Override
  public byte[] canonicalBytes() {
    StateWriter writer = new StateWriter(StateKind.MIN_MAX, 32);
    writer.putNumber(count);
    writer.putNumber(nan);
    if (nan < count) {
      writer.putLong(Double.doubleToLongBits(min));
      writer.putLong(Double.doubleToLongBits(max));
    }
    return writer.toBytes();
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT;
  }

  @Override
  public Optional<String> whyNotSubtractable() {
    return Optional.of("a minimum and a maximum do not know the values next to them");
  }
}
