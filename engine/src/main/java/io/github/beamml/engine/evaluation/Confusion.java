package io.github.beamml.engine.evaluation;

/**
 * Counts of rows by what they are and what the model says of them at its threshold.
 *
 * @param truePositives positive and flagged
 * @param falsePositives negative and flagged
 * @param falseNegatives positive and not flagged
 * @param trueNegatives negative and not flagged
 */
public record Confusion(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
  public long rows() {
    return positives() + negatives();
  }

  public long positives() {
    return truePositives + falseNegatives;
  }

  public long negatives() {
    return falsePositives + trueNegatives;
  }

  public long flagged() {
    return truePositives + falsePositives;
  }

  Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }
}
