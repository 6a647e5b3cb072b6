package io.github.beamml.engine.exact;

import org.jspecify.annotations.Nullable;

/** Closes the gaps that nulls leave, so that the kernels need no branch for them. */
final class NonNull {
  private NonNull() {}

  /** Tells whether bit {@code index} of {@code nulls} is set: the value there is null. */
  static boolean isNull(long[] nulls, int index) {
    return ((nulls[index >>> 6] >>> index) & 1) != 0;
  }

  /** Takes the values of a range [from, to). */
  interface Range {
    void accept(double[] values, int from, int to);
  }

  /**
   * Hands over the values of [from, to) that are not null, in their order: block by block, without
   * a copy where {@code nulls} is null.
   */
  static void forEachBlock(
      double[] values, long @Nullable [] nulls, int from, int to, Range present) {
    if (nulls == null) {
      present.accept(values, from, to);
      return;
    }
    double[] block = new double[Math.min(Superaccumulator.BLOCK, Math.max(0, to - from))];
    for (int start = from; start < to; start += block.length) {
      int end = Math.min(to, start + block.length);
      present.accept(block, 0, copy(values, nulls, start, end, block));
    }
  }

  /**
   * Copies the values of [from, to) that are not null to the front of {@code target} and returns
   * how many there are.
   */
  private static int copy(double[] values, long[] nulls, int from, int to, double[] target) {
    int size = 0;
    for (int i = from; i < to; i++) {
      target[size] = values[i];
      size += (int) ((~nulls[i >>> 6] >>> i) & 1);
    }
    return size;
  }
}
