package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.List;

/**
 * A random forest for two classes (Breiman, "Random Forests", 2001) on binned features. Each tree
 * weighs the rows by Poisson(1) draws, each node tries a few features and takes the cut with the
 * greatest decrease of the Gini impurity. All sums are of integers and all that is random comes
 * from row keys: neither the order of the rows, nor threads, nor the split of the rows over shards
 * changes a byte of the model. Rows with equal keys are drawn together.
 */
public final class HistogramForest {
  private HistogramForest() {}

  /**
   * Trains on all features and rows.
   *
   * @param threads how many trees grow at a time; changes nothing but the speed
   * @throws InvalidInputException if the labels are of one class, or the weights too great
   */
  public static TreeEnsemble train(
      FeatureMatrix features,
      TrainingRows training,
      ForestConfig config,
      int threads,
      Progress progress) {
    training.checkTwoClasses();
    return train(BinnedMatrix.of(features, threads), training, config, threads, progress);
  }

  /**
   * As {@link #train(FeatureMatrix, TrainingRows, ForestConfig, int, Progress)}, on features binned
   * before.
   */
  public static TreeEnsemble train(
      BinnedMatrix matrix,
      TrainingRows training,
      ForestConfig config,
      int threads,
      Progress progress) {
    checkRows(matrix, training);
    training.checkTwoClasses();
    int[] usable = BinnedMatrix.usableFeatures(List.of(matrix));
    ForestDraws draws = new ForestDraws(config, usable);
    long[] rowHashes = draws.rowHashes(training.keys(), threads);
    TreeNodes[] trees = new TreeNodes[config.trees()];
    ProgressCounter counter = new ProgressCounter(trees.length, progress);
    Parallel.runWith(
        threads,
        trees.length,
        () -> {
          ForestTree grower = new ForestTree(matrix, training, rowHashes, config, draws);
          return tree -> {
            trees[tree] = grower.grow(tree);
            counter.stepDone();
          };
        });
    return TreeEnsemble.forest(matrix.names(), List.of(trees));
  }

  static void checkRows(BinnedMatrix matrix, TrainingRows training) {
    if (matrix.rows() != training.rows()) {
      throw InvalidInputException.of(
          "labels", training.rows(), matrix.rows() + ", one for each row of the features");
    }
  }
}
