package io.github.beamml.engine.evaluation;

/**
 * The rows whose probability lies in one of {@code bins} parts of [0, 1] of equal width, the upper
 * end excluded (but for 1 itself, which belongs to the last one).
 *
 * @param bin from 0
 * @param bins how many there are
 * @param rows at least 1
 * @param positives of the rows
 * @param meanProbability summed exactly, rounded once
 */
public record CalibrationBin(int bin, int bins, long rows, long positives, double meanProbability) {
  /** The share of positives, which a calibrated model's mean probability is near. */
  public double labelRate() {
    return (double) positives / rows;
  }
}
