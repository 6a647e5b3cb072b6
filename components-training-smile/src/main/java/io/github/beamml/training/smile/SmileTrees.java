package io.github.beamml.training.smile;

import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.util.List;
import smile.base.cart.DecisionNode;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.classification.RandomForest;
import smile.data.Tuple;

/**
 * Smile's forest as an ensemble of ours.
 *
 * <p>Smile's probability of a row is the mean of its trees' posteriors, each tree weighted by its
 * accuracy on the rows it did not draw. A forest of ours is the plain mean of its trees, so that a
 * tree's weight, relative to the mean weight, is multiplied into its leaves before they are rounded
 * to the grid of 2^-32. The two probabilities differ by less than 2^-32.
 */
final class SmileTrees {
  private static final double GRID = 0x1p32;
  private static final int CLASSES = 2;

  private final TreeEnsembleBuilder builder;
  private final double[] values;
  private final Tuple row;

  private SmileTrees(TreeEnsembleBuilder builder, int features, RandomForest forest) {
    this.builder = builder;
    this.values = new double[features];
    this.row = Tuple.of(values, forest.schema());
  }

  static TreeEnsemble toEnsemble(RandomForest forest, List<String> features) {
    TreeEnsembleBuilder builder =
        new TreeEnsembleBuilder(TreeEnsemble.Kind.FOREST, features, 0, forest.importance());
    SmileTrees trees = new SmileTrees(builder, features.size(), forest);
    RandomForest.Model[] models = forest.models();
    double sum = 0;
    for (RandomForest.Model model : models) {
      sum += model.weight;
    }
    for (RandomForest.Model model : models) {
      // Without any right answer all weights are 0: then none counts more than another.
      trees.add(model.tree.root(), sum > 0 ? model.weight * models.length / sum : 1);
    }
    return builder.build();
  }

  private void add(Node node, double weight) {
    if (node instanceof DecisionNode leaf) {
      double probability = leaf.posteriori(new double[CLASSES])[1];
      builder.leaf(StrictMath.rint(probability * weight * GRID) / GRID);
      return;
    }
    InternalNode split = (InternalNode) node;
    // A missing value is never at most a threshold, so that Smile sends it to the right.
    builder.split(split.feature(), threshold(split), false);
    add(split.trueChild(), weight);
    add(split.falseChild(), weight);
  }

  /**
   * The greatest value that goes left. Smile keeps the threshold to itself but says which way a
   * value goes: so it is found among all doubles by halving, in 64 questions.
   */
  private double threshold(InternalNode split) {
    long goesLeft = ordered(Double.NEGATIVE_INFINITY);
    long goesRight = ordered(Double.POSITIVE_INFINITY) + 1;
    while (goesLeft + 1 < goesRight) {
      long middle =
          Math.floorDiv(goesLeft, 2) + Math.floorDiv(goesRight, 2) + bothOdd(goesLeft, goesRight);
      values[split.feature()] = value(middle);
      if (split.branch(row)) {
        goesLeft = middle;
      } else {
        goesRight = middle;
      }
    }
    return value(goesLeft);
  }

  private static long bothOdd(long a, long b) {
    return a & b & 1;
  }

  /** Doubles as integers of the same order. */
  private static long ordered(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static double value(long ordered) {
    return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
  }
}
