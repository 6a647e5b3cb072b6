package io.github.beamml.engine.exact;

/**
 * Doubles as 64-bit integers with the same order (unsigned): negative infinity lowest, positive
 * infinity highest.
 */
final class OrderedDoubles {
  static final long LEAST = key(Double.NEGATIVE_INFINITY);
  static final long GREATEST = key(Double.POSITIVE_INFINITY);

  /** The key that -0.0 would have: no value has it. */
  static final long NEGATIVE_ZERO = Long.MAX_VALUE;

  private OrderedDoubles() {}

  /** The key of a value that is not NaN; -0.0 has the key of +0.0. */
  static long key(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) | Long.MIN_VALUE);
  }

  static double value(long key) {
    return Double.longBitsToDouble(key ^ ((~key >> 63) | Long.MIN_VALUE));
  }

  /** The value nearest to zero among those whose keys begin with the given leading bits. */
  static double nearestToZero(long cell, int bits) {
    if (bits == Double.SIZE) {
      return value(cell);
    }
    long low = cell << (Double.SIZE - bits);
    return value(low < 0 ? low : low | (-1L >>> bits)) + 0.0; // never -0.0
  }
}
