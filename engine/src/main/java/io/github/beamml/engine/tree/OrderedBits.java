package io.github.beamml.engine.tree;

/**
 * Doubles as longs of the same order, and a radix sort of them. NaN has no place in the order: it
 * is left out before.
 */
final class OrderedBits {
  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 6;
  private static final int CELLS = 1 << DIGIT_BITS;
  private static final int RADIX_FROM = 256;

  private OrderedBits() {}

  /** Ascending with the value; -0.0 counts as +0.0. */
  static long of(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static double toDouble(long ordered) {
    return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
  }

  /** Copies all values but NaN, ordered bits, into {@code out}; returns how many. */
  static int gather(double[] values, long[] out) {
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        out[count++] = of(value);
      }
    }
    return count;
  }

  /** Sorts the first {@code count} keys; {@code spare} is at least as long and is overwritten. */
  static void sort(long[] keys, long[] spare, int count) {
    if (count < RADIX_FROM) {
      java.util.Arrays.sort(keys, 0, count);
      return;
    }
    int[] histogram = new int[DIGITS * CELLS];
    countDigits(keys, count, histogram);
    long[] from = keys;
    long[] to = spare;
    for (int digit = 0; digit < DIGITS; digit++) {
      int cells = digit * CELLS;
      if (histogram[cells + digit(keys[0], digit)] == count) {
        continue;
      }
      countsToStarts(histogram, cells);
      scatter(from, to, count, digit, histogram, cells);
      long[] swap = from;
      from = to;
      to = swap;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, count);
    }
  }

  /** The sign bit is flipped so that the last digit too ascends unsigned. */
  private static int digit(long key, int digit) {
    return (int) ((key ^ Long.MIN_VALUE) >>> (digit * DIGIT_BITS)) & (CELLS - 1);
  }

  private static void countDigits(long[] keys, int count, int[] histogram) {
    for (int i = 0; i < count; i++) {
      long key = keys[i];
      for (int digit = 0; digit < DIGITS; digit++) {
        histogram[digit * CELLS + digit(key, digit)]++;
      }
    }
  }

  private static void countsToStarts(int[] histogram, int cells) {
    int start = 0;
    for (int cell = cells; cell < cells + CELLS; cell++) {
      int count = histogram[cell];
      histogram[cell] = start;
      start += count;
    }
  }

  private static void scatter(
      long[] from, long[] to, int count, int digit, int[] starts, int cells) {
    for (int i = 0; i < count; i++) {
      long key = from[i];
      to[starts[cells + digit(key, digit)]++] = key;
    }
  }
}
