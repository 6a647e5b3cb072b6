package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;

/** What makes an ensemble's sums exact and its walks end. */
final class EnsembleChecks {
  private EnsembleChecks() {}

  /**
   * @throws InvalidInputException if a tree is no tree in preorder, a feature unknown, a threshold
   *     NaN or -0.0, a leaf off the grid, or the leaves too great for exact sums
   */
  static void check(TreeEnsemble ensemble) {
    check(ensemble.trees() > 0, "no trees", "at least one tree");
    check(
        ensemble.gains().length == ensemble.features().size(),
        ensemble.gains().length + " gains",
        "one for each of " + ensemble.features().size() + " features");
    double most = Math.abs(ensemble.base());
    check(isOnGrid(ensemble.base()), "a base score off the grid", "a multiple of 2^-32");
    for (int tree = 0; tree < ensemble.trees(); tree++) {
      int end = ensemble.root(tree + 1);
      check(end > ensemble.root(tree), "an empty tree", "at least a leaf");
      int next = checkSubtree(ensemble, ensemble.root(tree), end);
      check(next == end, "a node without a parent", "trees in preorder");
      most += greatestLeaf(ensemble, ensemble.root(tree), end);
    }
    check(most < LeafGrid.LIMIT, "leaves of too great a sum", "leaves whose sum is below 2^20");
  }

  /** Checks a subtree in preorder without recursion; returns the node after it. */
  private static int checkSubtree(TreeEnsemble ensemble, int root, int end) {
    int open = 1;
    int[] rightChildren = new int[end - root + 1];
    int waiting = 0;
    int node = root;
    for (; open > 0; node++) {
      check(node < end, "a child outside its tree", "trees in preorder");
      open--;
      if (ensemble.feature(node) == TreeEnsemble.LEAF) {
        check(isOnGrid(ensemble.leaf(node)), "a leaf off the grid", "a multiple of 2^-32");
        if (waiting > 0) {
          waiting--;
          check(rightChildren[waiting] == node + 1, "a child out of order", "trees in preorder");
        }
      } else {
        checkSplit(ensemble, node);
        check(ensemble.left(node) == node + 1, "a child out of order", "trees in preorder");
        rightChildren[waiting++] = ensemble.right(node);
        open += 2;
      }
    }
    return node;
  }

  private static void checkSplit(TreeEnsemble ensemble, int node) {
    int feature = ensemble.feature(node);
    double threshold = ensemble.threshold(node);
    check(
        feature >= 0 && feature < ensemble.features().size(),
        "a split by feature " + feature,
        "a feature from 0 to " + (ensemble.features().size() - 1));
    check(
        !Double.isNaN(threshold) && !isNegativeZero(threshold),
        "a threshold of NaN or -0.0",
        "a number");
  }

  private static double greatestLeaf(TreeEnsemble ensemble, int from, int to) {
    double greatest = 0;
    for (int node = from; node < to; node++) {
      greatest = Math.max(greatest, Math.abs(ensemble.leaf(node)));
    }
    return greatest;
  }

  private static boolean isOnGrid(double value) {
    return !isNegativeZero(value)
        && Math.abs(value) < LeafGrid.LIMIT
        && LeafGrid.round(value) == value;
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  private static void check(boolean holds, String found, String constraint) {
    if (!holds) {
      throw InvalidInputException.of("tree ensemble", found, constraint);
    }
  }
}
