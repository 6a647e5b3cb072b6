package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;

/**
 * The decision threshold: a row is flagged if its probability is at least this.
 *
 * @param rule how it was found, as the user typed it: {@code 0.5}, {@code max_f1 on validation}
 */
public record Threshold(double value, String rule) {
  /**
   * @throws InvalidInputException if the value is not within [0, 1]
   */
  public Threshold {
    if (!(value >= 0 && value <= 1)) {
      throw InvalidInputException.of("threshold", value, "between 0 and 1");
    }
  }
}
