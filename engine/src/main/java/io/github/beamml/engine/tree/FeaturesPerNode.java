package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;

/** How many features a forest tries at each node, of those that are not constant. */
public final class FeaturesPerNode {
  private enum Rule {
    SQUARE_ROOT,
    FRACTION,
    COUNT
  }

  private final Rule rule;
  private final double amount;

  private FeaturesPerNode(Rule rule, double amount) {
    this.rule = rule;
    this.amount = amount;
  }

  /** The square root of the number of features, rounded down. */
  public static FeaturesPerNode squareRoot() {
    return new FeaturesPerNode(Rule.SQUARE_ROOT, 0);
  }

  public static FeaturesPerNode all() {
    return fraction(1);
  }

  /**
   * A share of the features, rounded down, at least one.
   *
   * @param fraction in (0, 1]
   * @throws InvalidInputException if it is not
   */
  public static FeaturesPerNode fraction(double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw InvalidInputException.of("features_per_node", fraction, "a fraction in (0, 1]");
    }
    return new FeaturesPerNode(Rule.FRACTION, fraction);
  }

  /**
   * @param count at least 1; where there are fewer features, all are tried
   * @throws InvalidInputException if it is below 1
   */
  public static FeaturesPerNode count(int count) {
    if (count < 1) {
      throw InvalidInputException.of("features_per_node", count, "at least 1");
    }
    return new FeaturesPerNode(Rule.COUNT, count);
  }

  /** The number of features to try where {@code features} may split. */
  int of(int features) {
    int wanted =
        switch (rule) {
          case SQUARE_ROOT -> (int) StrictMath.sqrt(features);
          case FRACTION -> (int) (amount * features);
          case COUNT -> (int) amount;
        };
    return Math.min(Math.max(wanted, 1), features);
  }
}
