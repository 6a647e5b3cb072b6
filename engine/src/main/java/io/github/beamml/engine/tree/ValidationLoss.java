package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.exact.ExactSum;
import java.util.Arrays;

/**
 * The log loss of validation rows, tree by tree: with z the margin and y the label, the sum of w
 * (max(z, 0) - z y + log1p(exp(-|z|))), each term rounded, the sum exact.
 */
final class ValidationLoss {
  private static final int ROWS_PER_TASK = 1 << 12;

  private final BinnedMatrix matrix;
  private final TrainingRows rows;
  private final Parallel parallel;
  private final long[] margins;
  private final double[] terms;

  ValidationLoss(BinnedMatrix matrix, TrainingRows rows, double base, Parallel parallel) {
    HistogramForest.checkRows(matrix, rows);
    if (rows.weight() == 0) {
      throw InvalidInputException.of("validation", "no rows", "at least one row");
    }
    this.matrix = matrix;
    this.rows = rows;
    this.parallel = parallel;
    margins = new long[rows.rows()];
    terms = new double[rows.rows()];
    Arrays.fill(margins, LeafGrid.steps(base));
  }

  /** Adds a tree; returns the loss with it. */
  double add(BoostingNode tree) {
    int tasks = (margins.length + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    parallel.run(
        tasks,
        task -> {
          int end = Math.min(margins.length, (task + 1) * ROWS_PER_TASK);
          for (int row = task * ROWS_PER_TASK; row < end; row++) {
            margins[row] += LeafGrid.steps(tree.leafOf(matrix.bins(), row));
            terms[row] = rows.weightOf(row) * loss(margins[row], rows.labels()[row]);
          }
        });
    return ExactSum.of(terms).toDouble();
  }

  private static double loss(long margin, int label) {
    double z = margin / LeafGrid.STEPS;
    return Math.max(z, 0) - z * label + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }
}
