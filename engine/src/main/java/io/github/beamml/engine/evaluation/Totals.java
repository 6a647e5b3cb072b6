package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.exact.ExactRatio;
import io.github.beamml.engine.exact.ExactSum;
import java.math.BigInteger;

/**
 * What the metrics of some weighted rows are computed from. Counts of positives and negatives come
 * in by cells of equal margins, from the highest down; the other sums in any order.
 */
final class Totals {
  // Sums over all rows in units of 2^-1074.
  private BigInteger logLoss = BigInteger.ZERO;
  private BigInteger brier = BigInteger.ZERO;
  private BigInteger probability = BigInteger.ZERO;

  private final ProductSum twiceHigher = new ProductSum();
  private final ProductSum tied = new ProductSum();
  private double precisionSum;
  private long positives;
  private long negatives;
  private long truePositives;
  private long falsePositives;

  /** The next lower cell of equal margins. */
  void addCell(long cellPositives, long cellNegatives) {
    if (cellNegatives != 0) {
      twiceHigher.add(cellNegatives, 2 * positives + cellPositives);
      tied.add(cellNegatives, cellPositives);
      negatives += cellNegatives;
    }
    if (cellPositives != 0) {
      positives += cellPositives;
      precisionSum += cellPositives * ((double) positives / (positives + negatives));
    }
  }

  void addFlagged(long flaggedPositives, long flaggedNegatives) {
    truePositives += flaggedPositives;
    falsePositives += flaggedNegatives;
  }

  /** The sums of the rows' terms, each in units of 2^-{@link ExactSum#SCALE}. */
  void addSums(BigInteger newLogLoss, BigInteger newBrier, BigInteger newProbability) {
    logLoss = logLoss.add(newLogLoss);
    brier = brier.add(newBrier);
    probability = probability.add(newProbability);
  }

  Confusion confusion() {
    return new Confusion(
        truePositives, falsePositives, positives - truePositives, negatives - falsePositives);
  }

  /** The share of pairs of a positive and a negative row that tie; 0 if there are no pairs. */
  double tiedMass() {
    return pairs().signum() == 0 ? 0.0 : ExactRatio.of(tied.value(), pairs()).toDouble();
  }

  /** The metric's value, NaN if undefined. */
  double value(Metric metric) {
    return whyAbsent(metric, confusion()).isEmpty() ? defined(metric) : Double.NaN;
  }

  private double defined(Metric metric) {
    Confusion counts = confusion();
    long rows = counts.rows();
    return switch (metric) {
      case AUC -> ExactRatio.of(twiceHigher.value(), pairs().shiftLeft(1)).toDouble();
      case PR_AUC -> precisionSum / positives;
      case LOG_LOSS -> mean(logLoss, rows);
      case BRIER -> mean(brier, rows);
      case ACCURACY -> ratio(truePositives + counts.trueNegatives(), rows);
      case PRECISION -> ratio(truePositives, counts.flagged());
      case RECALL -> ratio(truePositives, positives);
      case F1 -> ratio(2 * truePositives, positives + counts.flagged());
      case LABEL_RATE -> ratio(positives, rows);
      case FLAGGED_RATE -> ratio(counts.flagged(), rows);
      case MEAN_PROBABILITY -> mean(probability, rows);
    };
  }

  /** Why rows with these counts do not define a metric; empty text if they do. */
  static String whyAbsent(Metric metric, Confusion counts) {
    if (counts.rows() == 0) {
      return "no rows";
    }
    return switch (metric) {
      case AUC ->
          counts.positives() == 0 ? "no positives" : counts.negatives() == 0 ? "no negatives" : "";
      case PR_AUC, RECALL -> counts.positives() == 0 ? "no positives" : "";
      case PRECISION -> counts.flagged() == 0 ? "no row is flagged" : "";
      case F1 ->
          counts.positives() + counts.flagged() == 0 ? "no positives and no row is flagged" : "";
      default -> "";
    };
  }

  private static double mean(BigInteger sum, long rows) {
    return ExactRatio.scaled(sum, BigInteger.valueOf(rows), -ExactSum.SCALE).toDouble();
  }

  private BigInteger pairs() {
    return BigInteger.valueOf(positives).multiply(BigInteger.valueOf(negatives));
  }

  private static double ratio(long numerator, long denominator) {
    return ExactRatio.of(numerator, denominator).toDouble();
  }
}
