package io.github.beamml.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TreeEnsembleTest {
  private static final double NAN = Double.NaN;

  @Test
  void aRowGoesLeftUpToTheThresholdAndWhereMissingValuesGo() {
    TreeEnsemble forest = forest(stump(0, 5, true, 0.25, 0.75));
    assertThat(forest.margin(new double[] {4, 0})).isEqualTo(0.25);
    assertThat(forest.margin(new double[] {5, 0})).isEqualTo(0.25);
    assertThat(forest.margin(new double[] {5.000001, 0})).isEqualTo(0.75);
    assertThat(forest.margin(new double[] {NAN, 0})).isEqualTo(0.25);
    assertThat(forest(stump(0, 5, false, 0.25, 0.75)).margin(new double[] {NAN, 0}))
        .isEqualTo(0.75);
  }

  @Test
  void aForestDividesTheSumOfItsLeavesOnce() {
    TreeEnsemble forest = forest(leaf(1), leaf(0), leaf(0));
    assertThat(forest.margin(new double[2])).isEqualTo(1.0 / 3);
    assertThat(forest.probability(1.0 / 3)).isEqualTo(1.0 / 3);
  }

  @Test
  void boostingAddsItsLeavesToItsBase() {
    TreeEnsemble boosting =
        TreeEnsemble.of(
            TreeEnsemble.Kind.BOOSTING,
            List.of("a", "b"),
            -1.5,
            List.of(leaf(0.5), leaf(1)),
            new double[2]);
    assertThat(boosting.margin(new double[2])).isEqualTo(0.0);
    assertThat(boosting.probability(0)).isEqualTo(0.5);
    assertThat(boosting.probability(-1000)).isEqualTo(0.0);
    assertThat(boosting.probability(1000)).isEqualTo(1.0);
  }

  @Test
  void manyRowsScoreLikeEachAlone() {
    SplittableRandom random = new SplittableRandom(5);
    Generated rows = Generated.mixed(2500, 6);
    TreeEnsemble forest =
        HistogramForest.train(
            rows.features(),
            rows.training(),
            ForestConfig.defaults().withTrees(22).withMaxDepth(9),
            2,
            Progress.NONE);
    for (int count : new int[] {0, 1, 2, 3, 16, 17, 18, 511, 512, 513, 2000}) {
      double[][] columns = new double[8][];
      for (int feature = 0; feature < columns.length; feature++) {
        columns[feature] = atThresholds(forest, feature, count, random);
      }
      FeatureMatrix matrix = FeatureMatrix.of(forest.features(), columns);
      for (int threads : new int[] {1, 3}) {
        double[] margins = forest.margins(matrix, threads);
        for (int row = 0; row < count; row++) {
          assertThat(margins[row]).isEqualTo(forest.margin(matrix.row(row)));
        }
      }
    }
  }

  @Test
  void moreFeaturesThanTheFastScorerHoldsScoreAlike() {
    double[][] columns = new double[40_000][20];
    Arrays.setAll(columns[39_999], row -> row);
    FeatureMatrix matrix = Generated.matrix(columns);
    TreeEnsemble forest =
        TreeEnsemble.of(
            TreeEnsemble.Kind.FOREST,
            matrix.names(),
            0,
            List.of(stump(39_999, 9, true, 0.25, 0.75)),
            new double[40_000]);
    double[] margins = forest.margins(matrix, 1);
    assertThat(margins).startsWith(0.25).endsWith(0.75);
    assertThat(margins[9]).isEqualTo(0.25);
    assertThat(margins[10]).isEqualTo(0.75);
  }

  @Test
  void featuresMustBeThoseOfTheModelInItsOrder() {
    TreeEnsemble forest = forest(leaf(1));
    FeatureMatrix swapped =
        FeatureMatrix.of(List.of("b", "a"), new double[][] {new double[1], new double[1]});
    assertThatThrownBy(() -> forest.margins(swapped, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid features: b, a (must be a, b)");
    assertThatThrownBy(() -> forest.margin(new double[3]))
        .hasMessage("Invalid row: 3 values (must be 2, one for each feature)");
  }

  @Test
  void theDigestSeesEachPartOfTheModel() {
    TreeEnsemble model = forest(stump(0, 5, true, 0.25, 0.75));
    assertThat(forest(stump(0, 5, true, 0.25, 0.75))).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(forest(stump(1, 5, true, 0.25, 0.75))).isNotEqualTo(model);
    assertThat(forest(stump(0, 6, true, 0.25, 0.75))).isNotEqualTo(model);
    assertThat(forest(stump(0, 5, false, 0.25, 0.75))).isNotEqualTo(model);
    assertThat(forest(stump(0, 5, true, 0.5, 0.75))).isNotEqualTo(model);
    assertThat(forest(stump(0, 5, true, 0.25, 0.5))).isNotEqualTo(model);
    TreeEnsemble otherNames =
        TreeEnsemble.of(
            TreeEnsemble.Kind.FOREST,
            List.of("a", "c"),
            0,
            List.of(stump(0, 5, true, 0.25, 0.75)),
            new double[2]);
    assertThat(otherNames).isNotEqualTo(model);
  }

  @Test
  void treesThatNoLearnerGrowsAreRefused() {
    assertRefused(leaf(0.1), "a leaf off the grid (must be a multiple of 2^-32)");
    assertRefused(leaf(-0.0), "a leaf off the grid (must be a multiple of 2^-32)");
    assertRefused(leaf(NAN), "a leaf off the grid (must be a multiple of 2^-32)");
    assertRefused(stump(2, 5, true, 0, 1), "a split by feature 2 (must be a feature from 0 to 1)");
    assertRefused(stump(0, NAN, true, 0, 1), "a threshold of NaN or -0.0 (must be a number)");
    TreeNodes sharedLeaf = new TreeNodes();
    sharedLeaf.setChildren(sharedLeaf.addSplit(0, 1, true, 0), 1, 1);
    sharedLeaf.addLeaf(1);
    assertRefused(sharedLeaf, "a child out of order (must be trees in preorder)");
    TreeNodes circle = new TreeNodes();
    circle.setChildren(circle.addSplit(0, 1, true, 0), 0, 0);
    assertRefused(circle, "a child out of order (must be trees in preorder)");
    assertThatThrownBy(() -> forest(leaf(600_000), leaf(600_000)))
        .hasMessage(
            "Invalid tree ensemble: leaves of too great a sum (must be leaves whose sum is below"
                + " 2^20)");
    assertThatThrownBy(() -> forest())
        .hasMessage("Invalid tree ensemble: no trees (must be at least one tree)");
  }

  private static void assertRefused(TreeNodes tree, String reason) {
    assertThatThrownBy(() -> forest(tree))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid tree ensemble: " + reason);
  }

  /** Values of one feature: the thresholds themselves, their neighbours, and wild ones. */
  static double[] atThresholds(
      TreeEnsemble model, int feature, int count, SplittableRandom random) {
    double[] thresholds = new double[model.nodes() + 1];
    int used = 1;
    for (int node = 0; node < model.nodes(); node++) {
      if (model.feature(node) == feature) {
        thresholds[used++] = model.threshold(node);
      }
    }
    double[] values = ColumnCutsTest.wildValues(random, count);
    for (int row = 0; row < count; row++) {
      double threshold = thresholds[random.nextInt(used)];
      values[row] =
          switch (random.nextInt(6)) {
            case 0, 1 -> threshold;
            case 2 -> Math.nextUp(threshold);
            case 3 -> Math.nextDown(threshold);
            default -> values[row];
          };
    }
    return values;
  }

  private static TreeEnsemble forest(TreeNodes... trees) {
    return TreeEnsemble.of(
        TreeEnsemble.Kind.FOREST, List.of("a", "b"), 0, Arrays.asList(trees), new double[2]);
  }

  private static TreeNodes leaf(double value) {
    TreeNodes nodes = new TreeNodes();
    nodes.addLeaf(value);
    return nodes;
  }

  private static TreeNodes stump(
      int feature, double threshold, boolean missingLeft, double left, double right) {
    TreeNodes nodes = new TreeNodes();
    int root = nodes.addSplit(feature, threshold, missingLeft, 1);
    int leftLeaf = nodes.addLeaf(left);
    nodes.setChildren(root, leftLeaf, nodes.addLeaf(right));
    return nodes;
  }
}
