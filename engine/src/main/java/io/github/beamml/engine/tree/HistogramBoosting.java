package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosting of the logistic loss (Friedman, "Greedy function approximation: a gradient
 * boosting machine", 2001; second derivatives as in Chen and Guestrin, "XGBoost", 2016) on binned
 * features. Derivatives are integers and margins lie on the leaf grid, so that every sum is exact:
 * neither the order of the rows nor threads change a byte of the model. Nothing is random.
 */
public final class HistogramBoosting {
  private HistogramBoosting() {}

  /**
   * Grows all trees.
   *
   * @param threads changes nothing but the speed
   * @throws InvalidInputException if the labels are of one class
   * @throws io.github.beamml.engine.CannotException if the histograms would not fit the memory
   */
  public static TreeEnsemble train(
      FeatureMatrix features,
      TrainingRows training,
      BoostingConfig config,
      int threads,
      Progress progress) {
    return run(features, training, null, null, config, threads, progress);
  }

  /**
   * Grows trees until the log loss of the validation rows has not become strictly less for so many
   * rounds as {@link BoostingConfig#patience} says; keeps the trees up to the first best round.
   *
   * @throws InvalidInputException if the labels are of one class, there are no validation rows, or
   *     their features are others
   * @throws io.github.beamml.engine.CannotException if the histograms would not fit the memory
   */
  public static TreeEnsemble train(
      FeatureMatrix features,
      TrainingRows training,
      FeatureMatrix validationFeatures,
      TrainingRows validation,
      BoostingConfig config,
      int threads,
      Progress progress) {
    if (!validationFeatures.names().equals(features.names())) {
      throw InvalidInputException.of(
          "validation features",
          String.join(", ", validationFeatures.names()),
          String.join(", ", features.names()));
    }
    return run(features, training, validationFeatures, validation, config, threads, progress);
  }

  private static TreeEnsemble run(
      FeatureMatrix features,
      TrainingRows training,
      @Nullable FeatureMatrix validationFeatures,
      @Nullable TrainingRows validation,
      BoostingConfig config,
      int threads,
      Progress progress) {
    training.checkTwoClasses();
    BinnedMatrix matrix = BinnedMatrix.of(features, threads);
    HistogramForest.checkRows(matrix, training);
    double base = base(training);
    try (Parallel parallel = new Parallel(threads)) {
      ValidationLoss loss = null;
      if (validationFeatures != null && validation != null) {
        BinnedMatrix binned = BinnedMatrix.of(validationFeatures, matrix.allCuts(), threads);
        loss = new ValidationLoss(binned, validation, base, parallel);
      }
      BoostingTree grower = new BoostingTree(matrix, training, config, parallel);
      List<TreeNodes> trees = grow(grower, matrix, base, loss, config, progress);
      double[] gains = TreeEnsemble.sumOfGains(features.features(), trees);
      return TreeEnsemble.of(TreeEnsemble.Kind.BOOSTING, features.names(), base, trees, gains);
    }
  }

  /** The log-odds of label 1, on the leaf grid. */
  private static double base(TrainingRows training) {
    double odds =
        (double) training.positiveWeight()
            / (double) (training.weight() - training.positiveWeight());
    return LeafGrid.round(StrictMath.log(odds));
  }

  private static List<TreeNodes> grow(
      BoostingTree grower,
      BinnedMatrix matrix,
      double base,
      @Nullable ValidationLoss loss,
      BoostingConfig config,
      Progress progress) {
    long[] margins = new long[matrix.rows()];
    Arrays.fill(margins, LeafGrid.steps(base));
    double mostLeaf = LeafGrid.LIMIT / 2 / config.trees();
    List<TreeNodes> trees = new ArrayList<>();
    double leastLoss = Double.POSITIVE_INFINITY;
    int best = 0;
    while (trees.size() < config.trees() && trees.size() - best < config.patience()) {
      BoostingNode root = grower.grow(margins, mostLeaf);
      grower.addLeaves(root, margins);
      TreeNodes nodes = new TreeNodes();
      root.addTo(nodes, matrix, grower.scale());
      trees.add(nodes);
      double nowLoss = loss == null ? -trees.size() : loss.add(root);
      if (nowLoss < leastLoss) {
        leastLoss = nowLoss;
        best = trees.size();
      }
      progress.done(trees.size(), config.trees());
    }
    return trees.subList(0, best);
  }
}
