package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;

/**
 * What decides the bytes of a boosted model, apart from its rows.
 *
 * @param trees most trees, from 1 to {@value ForestConfig#MAX_TREES}; 100 by default
 * @param maxDepth most splits from the root to a leaf, from 1 to {@value #MAX_DEPTH}; 6 by default
 * @param learningRate what each leaf is multiplied by, in (0, 1]; 0.1 by default
 * @param l2 added to the sum of second derivatives of a leaf, from 0; 1 by default
 * @param minHessianInLeaf least sum of second derivatives in a leaf, from 0; 1 by default
 * @param patience training ends after so many rounds without a better validation loss, from 1; 10
 *     by default; without validation rows all trees are grown
 */
public record BoostingConfig(
    int trees,
    int maxDepth,
    double learningRate,
    double l2,
    double minHessianInLeaf,
    int patience) {
  public static final int MAX_DEPTH = 12;

  /** The largest {@code l2} and {@code minHessianInLeaf}. */
  public static final double MAX_AMOUNT = 1e6;

  /**
   * @throws InvalidInputException if a parameter is out of range
   */
  public BoostingConfig {
    ForestConfig.checkRange("trees", trees, 1, ForestConfig.MAX_TREES);
    ForestConfig.checkRange("max_depth", maxDepth, 1, MAX_DEPTH);
    ForestConfig.checkRange("patience", patience, 1, Integer.MAX_VALUE);
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw InvalidInputException.of("learning_rate", learningRate, "in (0, 1]");
    }
    checkAmount("l2", l2);
    checkAmount("min_hessian_in_leaf", minHessianInLeaf);
  }

  private static void checkAmount(String key, double value) {
    if (!(value >= 0 && value <= MAX_AMOUNT)) {
      throw InvalidInputException.of(key, value, "from 0 to 1000000");
    }
  }

  /** 100 trees of depth 6, learning rate 0.1, l2 1, least hessian 1, patience 10. */
  public static BoostingConfig defaults() {
    return new BoostingConfig(100, 6, 0.1, 1, 1, 10);
  }

  public BoostingConfig withTrees(int value) {
    return new BoostingConfig(value, maxDepth, learningRate, l2, minHessianInLeaf, patience);
  }

  public BoostingConfig withMaxDepth(int value) {
    return new BoostingConfig(trees, value, learningRate, l2, minHessianInLeaf, patience);
  }

  public BoostingConfig withLearningRate(double value) {
    return new BoostingConfig(trees, maxDepth, value, l2, minHessianInLeaf, patience);
  }

  public BoostingConfig withL2(double value) {
    return new BoostingConfig(trees, maxDepth, learningRate, value, minHessianInLeaf, patience);
  }

  public BoostingConfig withMinHessianInLeaf(double value) {
    return new BoostingConfig(trees, maxDepth, learningRate, l2, value, patience);
  }

  public BoostingConfig withPatience(int value) {
    return new BoostingConfig(trees, maxDepth, learningRate, l2, minHessianInLeaf, value);
  }
}
