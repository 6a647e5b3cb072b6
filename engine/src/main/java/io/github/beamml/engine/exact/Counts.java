package io.github.beamml.engine.exact;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;

/**
 * A fixed number of counters: nulls and values, classes, buckets, cells of a confusion matrix.
 *
 * <p>State class: exact. A counter that would pass 2^63 - 1 is an {@link ArithmeticException}.
 */
public final class Counts implements SubtractableState<Counts> {
  private final long[] counts;

  private Counts(long[] counts) {
    this.counts = counts;
  }

  /**
   * Returns {@code size} counters at zero.
   *
   * @throws InvalidInputException if the size is negative
   */
  public static Counts ofSize(int size) {
    if (size < 0) {
      throw InvalidInputException.of("size", size, "at least 0");
    }
    return new Counts(new long[size]);
  }

  /**
   * Reads a state from its canonical bytes.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static Counts fromBytes(byte[] bytes) {
    StateReader reader = new StateReader(StateKind.COUNTS, bytes);
    long[] counts = new long[reader.readSize(1)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = reader.readCount();
    }
    reader.finish();
    return new Counts(counts);
  }

  /** Adds one to the counter {@code index}. */
  public void add(int index) {
    counts[index] = Math.addExact(counts[index], 1);
  }

  /**
   * Adds {@code times} to the counter {@code index}.
   *
   * @throws InvalidInputException if {@code times} is negative
   */
  public void add(int index, long times) {
    if (times < 0) {
      throw InvalidInputException.of("times", times, "at least 0");
    }
    counts[index] = Math.addExact(counts[index], times);
  }

  @Override
  public void merge(Counts other) {
    requireSameSize(other, "merge");
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.addExact(counts[i], other.counts[i]);
    }
  }

  @Override
  public void subtract(Counts other) {
    requireSameSize(other, "subtract");
    for (int i = 0; i < counts.length; i++) {
      if (other.counts[i] > counts[i]) {
        throw CannotException.to(
            "subtract counts",
            other.counts[i] + " from counter " + i + ", which holds " + counts[i]);
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] -= other.counts[i];
    }
  }

  private void requireSameSize(Counts other, String verb) {
    if (other.counts.length != counts.length) {
      throw CannotException.to(
          verb + " counts",
          "one state has " + counts.length + " counters, the other " + other.counts.length);
    }
  }

  @Override
  public Counts copy() {
    return new Counts(counts.clone());
  }

  /** Returns the number of counters. */
  public int size() {
    return counts.length;
  }

  /** Returns the counter {@code index}. */
  public long get(int index) {
    return counts[index];
  }

  /** Returns the sum of all counters. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total = Math.addExact(total, count);
    }
    return total;
  }

  @Override
  public byte[] canonicalBytes() {
    StateWriter writer = new StateWriter(StateKind.COUNTS, 16 + 2 * counts.length);
    writer.putNumber(counts.length);
    for (long count : counts) {
      writer.putNumber(count);
    }
    return writer.toBytes();
  }

  @Override
  public StateClass stateClass() {
    return StateClass.EXACT;
  }
}
