package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;

/**
 * What decides a forest's bytes, apart from its rows.
 *
 * @param trees number of trees, from 1 to {@value #MAX_TREES}; 100 by default
 * @param maxDepth most splits from the root to a leaf, from 1 to {@value #MAX_DEPTH}; 12 by default
 * @param minRowsInLeaf least rows in a leaf, counted as often as the tree draws them and times
 *     their weight, from 1; 10 by default, which on noisy labels ranks better than 1 with a third
 *     fewer nodes
 * @param featuresPerNode how many features are tried at a node; the square root by default
 * @param seed of the rows that a tree draws and the features that a node tries
 */
public record ForestConfig(
    int trees, int maxDepth, int minRowsInLeaf, FeaturesPerNode featuresPerNode, long seed) {
  public static final int MAX_TREES = 100_000;
  public static final int MAX_DEPTH = 32;

  /**
   * @throws InvalidInputException if a parameter is out of range
   */
  public ForestConfig {
    checkRange("trees", trees, 1, MAX_TREES);
    checkRange("max_depth", maxDepth, 1, MAX_DEPTH);
    checkRange("min_rows_in_leaf", minRowsInLeaf, 1, Integer.MAX_VALUE);
  }

  /**
   * 100 trees of depth 12, 10 rows in a leaf, the square root of the features at a node, seed 0.
   */
  public static ForestConfig defaults() {
    return new ForestConfig(100, 12, 10, FeaturesPerNode.squareRoot(), 0);
  }

  public ForestConfig withTrees(int value) {
    return new ForestConfig(value, maxDepth, minRowsInLeaf, featuresPerNode, seed);
  }

  public ForestConfig withMaxDepth(int value) {
    return new ForestConfig(trees, value, minRowsInLeaf, featuresPerNode, seed);
  }

  public ForestConfig withMinRowsInLeaf(int value) {
    return new ForestConfig(trees, maxDepth, value, featuresPerNode, seed);
  }

  public ForestConfig withFeaturesPerNode(FeaturesPerNode value) {
    return new ForestConfig(trees, maxDepth, minRowsInLeaf, value, seed);
  }

  public ForestConfig withSeed(long value) {
    return new ForestConfig(trees, maxDepth, minRowsInLeaf, featuresPerNode, value);
  }

  static void checkRange(String key, long value, long least, long most) {
    if (value < least || value > most) {
      String constraint =
          most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
      throw InvalidInputException.of(key, value, constraint);
    }
  }
}
