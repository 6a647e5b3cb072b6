package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How the decision threshold is found: a number such as {@code 0.5}, or {@code max_f1 on
 * validation}.
 *
 * <p>{@code max_f1} tries every probability that occurs in the validation rows and takes the one
 * with the greatest F1, compared exactly as fractions; of equal ones the largest, which flags the
 * fewest rows. Neither row order nor threads matter. Cost: one sort.
 */
public final class ThresholdRule {
  private static final String KEY = "threshold";
  private static final String MAX_F1 = "max_f1 on validation";
  private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.?[0-9]+");

  private final String text;
  private final OptionalDouble number;

  private ThresholdRule(String text, OptionalDouble number) {
    this.text = text;
    this.number = number;
  }

  /**
   * @throws InvalidInputException if the text is neither a number within [0, 1] nor {@code max_f1
   *     on validation}
   */
  public static ThresholdRule parse(String text) {
    String rule = String.join(" ", text.strip().split("\\s+"));
    if (rule.equals(MAX_F1)) {
      return new ThresholdRule(rule, OptionalDouble.empty());
    }
    if (NUMBER.matcher(rule).matches()) {
      double value = new Threshold(Double.parseDouble(rule), rule).value();
      return new ThresholdRule(rule, OptionalDouble.of(value));
    }
    throw InvalidInputException.because(
        KEY,
        text
            + " (must be a number between 0 and 1, or "
            + MAX_F1
            + ")"
            + Suggestions.didYouMean(rule, List.of(MAX_F1)));
  }

  /** Whether {@link #resolve} looks at validation rows. */
  public boolean needsValidation() {
    return number.isEmpty();
  }

  /**
   * The threshold.
   *
   * @param validation looked at only if {@link #needsValidation()}
   * @throws InvalidInputException if validation rows are needed and none of them is positive
   */
  public Threshold resolve(ScoredRows validation) {
    return new Threshold(number.orElseGet(() -> maxF1(validation)), text);
  }

  /** As the user typed it, with single spaces. */
  @Override
  public String toString() {
    return text;
  }

  private static double maxF1(ScoredRows rows) {
    long positives = rows.positives();
    if (positives == 0) {
      throw InvalidInputException.because(
          KEY,
          MAX_F1 + " has no positive row to look at (" + Figures.count(rows.size()) + " rows)");
    }
    double[] ascending = new double[rows.size()];
    double[] ascendingPositives = new double[(int) positives];
    int at = 0;
    for (int row = 0; row < ascending.length; row++) {
      ascending[row] = rows.probability(row) + 0.0;
      if (rows.isPositive(row)) {
        ascendingPositives[at++] = ascending[row];
      }
    }
    Arrays.sort(ascending);
    Arrays.sort(ascendingPositives);
    return search(ascending, ascendingPositives);
  }

  /** From the greatest candidate down: F1 is 2 tp / (positives + flagged). No product overflows. */
  private static double search(double[] ascending, double[] positives) {
    double best = ascending[ascending.length - 1];
    long bestTrue = 0;
    long bestSize = 1;
    int row = ascending.length;
    int positive = positives.length;
    while (row > 0) {
      double candidate = ascending[row - 1];
      while (row > 0 && ascending[row - 1] == candidate) {
        row--;
      }
      while (positive > 0 && positives[positive - 1] >= candidate) {
        positive--;
      }
      long truePositives = (long) positives.length - positive;
      long size = (long) positives.length + ascending.length - row;
      if (truePositives * bestSize > bestTrue * size) {
        best = candidate;
        bestTrue = truePositives;
        bestSize = size;
      }
    }
    return best;
  }
}
