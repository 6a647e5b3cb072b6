package io.github.beamml.engine.exact;

/** Closes the gaps that nulls leave, so that the kernels need no branch for them. */
final class NonNull {
  private NonNull() {}

  /** Tells whether bit {@code index} of {@code nulls} is set: the value there is null. */
  static boolean isNull(long[] nulls, int index) {
    return ((nulls[index >>> 6] >>> index) & 1) != 0;
  }

  /**
   * Copies the values of [from, to) that are not null to the front of {@code target} and returns
   * how many there are.
   */
  static int copy(double[] values, long[] nulls, int from, int to, double[] target) {
    int size = 0;
    for (int i = from; i < to; i++) {
      target[size] = values[i];
      size += (int) ((~nulls[i >>> 6] >>> i) & 1);
    }
    return size;
  }
}
