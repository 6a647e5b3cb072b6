package io.github.beamml.engine.tree;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Sums of leaves for blocks of rows. A value becomes its rank among the ensemble's thresholds of
 * its feature; from then on a step down a tree is one integer comparison without a branch, taken
 * for four rows at a time. A feature has two ranks, one for nodes that send missing values left and
 * one for the others. Nodes are laid out anew, siblings side by side; a leaf is its own child.
 */
final class EnsembleScorer {
  private static final int BLOCK = 512;

  /** Up to so many rows, one row in four trees at a time is faster than four rows in one tree. */
  static final int FEW_ROWS = 16;

  private static final int LANES = 4;

  /**
   * Greater than any rank: the rank of a missing value that goes right, the threshold of a leaf.
   */
  private static final int BEYOND = 0xffff;

  private static final int MOST_FEATURES = 0x7fff;

  private final boolean fits;
  private final int features;
  private final CutSearch[] searches;
  private final int[] roots;
  private final int[] depths;

  /**
   * Of a node, from the highest bits: its left child, which the right one follows (32 bits), the
   * column of its rank (16), the rank of its threshold (16).
   */
  private final long[] nodes;

  private final double[] leaves;

  EnsembleScorer(TreeEnsemble ensemble) {
    features = ensemble.features().size();
    double[][] thresholds = thresholds(ensemble);
    searches = new CutSearch[features];
    for (int feature = 0; feature < features; feature++) {
      searches[feature] = new CutSearch(thresholds[feature]);
    }
    roots = new int[ensemble.trees()];
    depths = new int[ensemble.trees()];
    nodes = new long[ensemble.nodes()];
    leaves = new double[ensemble.nodes()];
    fits =
        features <= MOST_FEATURES
            && Arrays.stream(thresholds).noneMatch(values -> values.length >= BEYOND);
    if (!fits) {
      return;
    }
    for (int tree = 0; tree < roots.length; tree++) {
      roots[tree] = ensemble.root(tree);
      depths[tree] = layOut(ensemble, ensemble.root(tree), ensemble.root(tree + 1), thresholds);
    }
  }

  /** The distinct thresholds of each feature, ascending. */
  private static double[][] thresholds(TreeEnsemble ensemble) {
    double[][] byFeature = new double[ensemble.features().size()][];
    long[] counts = ensemble.splitCounts();
    for (int feature = 0; feature < byFeature.length; feature++) {
      byFeature[feature] = new double[Math.toIntExact(counts[feature])];
    }
    int[] used = new int[byFeature.length];
    for (int node = 0; node < ensemble.nodes(); node++) {
      int feature = ensemble.feature(node);
      if (feature != TreeEnsemble.LEAF) {
        byFeature[feature][used[feature]++] = ensemble.threshold(node);
      }
    }
    for (int feature = 0; feature < byFeature.length; feature++) {
      byFeature[feature] = Arrays.stream(byFeature[feature]).sorted().distinct().toArray();
    }
    return byFeature;
  }

  /** Lays a tree out breadth first, siblings side by side; returns its depth. */
  private int layOut(TreeEnsemble ensemble, int root, int end, double[][] thresholds) {
    int[] order = new int[end - root];
    order[0] = root;
    int levelEnd = 1;
    int added = 1;
    int depth = 0;
    for (int place = 0; place < order.length; place++) {
      if (place == levelEnd) {
        depth++;
        levelEnd = added;
      }
      int node = order[place];
      int feature = ensemble.feature(node);
      if (feature == TreeEnsemble.LEAF) {
        nodes[root + place] = pack(root + place, 0, BEYOND);
        leaves[root + place] = ensemble.leaf(node);
      } else {
        int column = 2 * feature + (ensemble.missingLeft(node) ? 1 : 0);
        int rank = Arrays.binarySearch(thresholds[feature], ensemble.threshold(node));
        nodes[root + place] = pack(root + added, column, rank);
        order[added++] = ensemble.left(node);
        order[added++] = ensemble.right(node);
      }
    }
    return depth;
  }

  private static long pack(int left, int column, int rank) {
    return ((long) left << 32) | ((long) column << 16) | rank;
  }

  /**
   * Whether there is room for its columns and ranks: at most 32,767 features of fewer than 65,535
   * thresholds each. Nothing but this may be asked of others.
   */
  boolean fits() {
    return fits;
  }

  static int blocks(int rows) {
    return (rows + BLOCK - 1) / BLOCK;
  }

  /** Adds up the leaves of one block of rows after the other. */
  IntConsumer worker(FeatureMatrix matrix, double[] sums) {
    int width = 2 * features;
    int mostRows = Math.min(BLOCK, matrix.rows()) + LANES;
    char[] ranks = new char[mostRows * width];
    double[] blockSums = new double[mostRows];
    return block -> {
      int from = block * BLOCK;
      int rows = Math.min(BLOCK, matrix.rows() - from);
      for (int feature = 0; feature < features; feature++) {
        rank(matrix.column(feature), from, rows, searches[feature], ranks, 2 * feature, width);
      }
      Arrays.fill(blockSums, 0);
      for (int tree = 0; tree < roots.length; tree++) {
        addLeaves(nodes, leaves, roots[tree], depths[tree], ranks, width, rows, blockSums);
      }
      System.arraycopy(blockSums, 0, sums, from, rows);
    };
  }

  /** The sum for one row, four trees side by side. */
  double sumOfLeaves(double[] row) {
    char[] ranks = new char[2 * features];
    for (int feature = 0; feature < features; feature++) {
      rank(row, feature, 1, searches[feature], ranks, 2 * feature, 0);
    }
    double sum = 0;
    int tree = 0;
    for (; tree + LANES <= roots.length; tree += LANES) {
      int a = roots[tree];
      int b = roots[tree + 1];
      int c = roots[tree + 2];
      int d = roots[tree + 3];
      int depth =
          Math.max(
              Math.max(depths[tree], depths[tree + 1]),
              Math.max(depths[tree + 2], depths[tree + 3]));
      for (int level = 0; level < depth; level++) {
        a = step(nodes, a, ranks, 0);
        b = step(nodes, b, ranks, 0);
        c = step(nodes, c, ranks, 0);
        d = step(nodes, d, ranks, 0);
      }
      sum += leaves[a] + leaves[b] + leaves[c] + leaves[d];
    }
    for (; tree < roots.length; tree++) {
      int node = roots[tree];
      for (int level = 0; level < depths[tree]; level++) {
        node = step(nodes, node, ranks, 0);
      }
      sum += leaves[node];
    }
    return sum;
  }

  private static void rank(
      double[] column, int from, int rows, CutSearch search, char[] ranks, int at, int width) {
    for (int row = 0; row < rows; row++) {
      double value = column[from + row];
      boolean present = !Double.isNaN(value);
      int rank = present ? search.rank(value) : BEYOND;
      ranks[row * width + at] = (char) rank;
      ranks[row * width + at + 1] = (char) (present ? rank : 0);
    }
  }

  /** Rows past the last are there (buffers are longer by the lanes) and are walked for nothing. */
  private static void addLeaves(
      long[] nodes,
      double[] leaves,
      int root,
      int depth,
      char[] ranks,
      int width,
      int rows,
      double[] sums) {
    for (int row = 0; row < rows; row += LANES) {
      int a = root;
      int b = root;
      int c = root;
      int d = root;
      int at = row * width;
      for (int level = 0; level < depth; level++) {
        a = step(nodes, a, ranks, at);
        b = step(nodes, b, ranks, at + width);
        c = step(nodes, c, ranks, at + 2 * width);
        d = step(nodes, d, ranks, at + 3 * width);
      }
      sums[row] += leaves[a];
      sums[row + 1] += leaves[b];
      sums[row + 2] += leaves[c];
      sums[row + 3] += leaves[d];
    }
  }

  private static int step(long[] nodes, int node, char[] ranks, int at) {
    long packed = nodes[node];
    int rank = ranks[at + ((int) packed >>> 16)];
    return (int) (packed >>> 32) + ((((int) packed & BEYOND) - rank) >>> 31);
  }
}
