package io.github.beamml.engine.tree;

/**
 * First and second derivatives of the logistic loss as integers. With p the sigmoid of a row's
 * margin, y its label and w its weight, g = rint(w (p - y) S) and h = rint(w p (1 - p) S), h at
 * least 1; S is 2^14 over the least power of two that is no less than any weight. So sums of up to
 * 2^16 rows fit 32 bits: g in the high half of a long, h in the low one.
 */
final class LogisticGradients {
  /** Rows whose sums surely fit. */
  static final int BLOCK = 1 << 16;

  private static final int STEPS = 4096;
  private static final double RANGE = 16;

  /** A margin is a multiple of 2^-32; a step of the table is 2^25 of these, 1/128. */
  private static final int STEP_BITS = 25;

  private static final long LARGEST = (long) (RANGE * LeafGrid.STEPS);
  private static final double[] SIGMOID = sigmoid();

  private final double scale;

  LogisticGradients(int largestWeight) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, largestWeight - 1));
    scale = (1 << 14) / (double) (1L << bits);
  }

  private static double[] sigmoid() {
    double[] values = new double[STEPS + 1];
    for (int step = 0; step <= STEPS; step++) {
      values[step] = 1 / (1 + StrictMath.exp(-(step * 2 * RANGE / STEPS - RANGE)));
    }
    return values;
  }

  /** What one unit of a derivative is in integers. */
  double scale() {
    return scale;
  }

  /** The sigmoid of a margin in steps of the leaf grid, interpolated between 4,097 values. */
  static double sigmoid(long margin) {
    long place = Math.max(-LARGEST, Math.min(LARGEST - 1, margin)) + LARGEST;
    int step = (int) (place >>> STEP_BITS);
    double rest = (place & ((1L << STEP_BITS) - 1)) * (1.0 / (1L << STEP_BITS));
    return SIGMOID[step] + (SIGMOID[step + 1] - SIGMOID[step]) * rest;
  }

  long of(long margin, int label, int weight) {
    double p = sigmoid(margin);
    double weightedScale = weight * scale;
    long g = (long) StrictMath.rint((p - label) * weightedScale);
    long h = (long) StrictMath.rint(p * (1 - p) * weightedScale);
    return (g << 32) + Math.max(1, h);
  }

  static long g(long pair) {
    return pair >> 32;
  }

  static long h(long pair) {
    return pair & 0xffffffffL;
  }
}
