package io.github.beamml.engine.evaluation;

/** What a row adds to the sums: pure functions of its probability and label. */
final class RowTerms {
  private static final double LEAST = 0x1p-52;
  private static final double GREATEST = 1 - 0x1p-52;

  private RowTerms() {}

  static double logLoss(double probability, boolean positive) {
    double clipped = StrictMath.min(StrictMath.max(probability, LEAST), GREATEST);
    return -StrictMath.log(positive ? clipped : 1 - clipped);
  }

  static double brier(double probability, boolean positive) {
    double difference = positive ? 1 - probability : probability;
    return difference * difference;
  }

  /** Whether the row is flagged: its probability is at least the threshold. */
  static boolean isFlagged(double probability, double threshold) {
    return probability >= threshold;
  }

  /** The bin of equal width within [0, 1]; 1 belongs to the last one. */
  static int bin(double probability, int bins) {
    return Math.min((int) (probability * bins), bins - 1);
  }
}
