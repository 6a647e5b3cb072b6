package io.github.beamml.engine.exact;

import java.util.Random;

/** Doubles that break floating-point sums, from a seed. */
final class AdversarialDoubles {
  private static final long SIGN_AND_FRACTION = 0x800FFFFFFFFFFFFFL;

  private AdversarialDoubles() {}

  /** A finite double of a random kind. */
  static double finite(Random random) {
    double sign = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(9)) {
      case 0 -> random.nextGaussian();
      case 1 -> bits(random, random.nextInt(2047)); // any finite double at all
      case 2 -> bits(random, 0); // denormal
      case 3 -> sign * Double.MAX_VALUE;
      case 4 -> sign * Double.MIN_VALUE;
      case 5 -> sign * 0.0;
      case 6 -> 1e9 + sign * 1e-3;
      case 7 -> random.nextInt(7) - 3;
      // a power of two, and so often half a unit in the last place of another
      default -> Math.scalb(sign, random.nextInt(2098) - 1074);
    };
  }

  private static double bits(Random random, int exponent) {
    return Double.longBitsToDouble(
        (random.nextLong() & SIGN_AND_FRACTION) | ((long) exponent << 52));
  }

  /** Like {@link #finite}, and now and then NaN or an infinity. */
  static double any(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      default -> finite(random);
    };
  }

  static double[] finite(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = finite(random);
    }
    return values;
  }
}
