package io.github.beamml.engine.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node of a boosted tree while it grows: its rows, the sums of their derivatives, its split. */
final class BoostingNode {
  final int from;
  final int to;
  final long g;
  final long h;

  /** The histograms of its features, as long as its split is being looked for. */
  long @Nullable [] sums;

  BoostingSplit split = BoostingSplit.NONE;
  @Nullable BoostingNode left;
  @Nullable BoostingNode right;
  double leaf;

  BoostingNode(int from, int to, long g, long h) {
    this.from = from;
    this.to = to;
    this.g = g;
    this.h = h;
  }

  int rows() {
    return to - from;
  }

  long[] sums() {
    return Objects.requireNonNull(sums);
  }

  boolean isLeaf() {
    return left == null;
  }

  BoostingNode left() {
    return Objects.requireNonNull(left);
  }

  BoostingNode right() {
    return Objects.requireNonNull(right);
  }

  /** The value of the leaf that a row, given by its bins, comes to. */
  double leafOf(byte[][] bins, int row) {
    BoostingNode node = this;
    while (!node.isLeaf()) {
      int bin = bins[node.split.feature()][row] & 0xff;
      boolean goesLeft =
          bin == ColumnCuts.MISSING ? node.split.missingLeft() : bin <= node.split.bin();
      node = goesLeft ? node.left() : node.right();
    }
    return node.leaf;
  }

  /**
   * Adds this subtree in preorder; returns its number.
   *
   * @param scale what gains are divided by
   */
  int addTo(TreeNodes nodes, BinnedMatrix matrix, double scale) {
    if (isLeaf()) {
      return nodes.addLeaf(leaf);
    }
    double threshold = matrix.cuts(split.feature()).upperEnd(split.bin());
    int node =
        nodes.addSplit(split.feature(), threshold, split.missingLeft(), split.gain() / scale);
    int leftNode = left().addTo(nodes, matrix, scale);
    nodes.setChildren(node, leftNode, right().addTo(nodes, matrix, scale));
    return node;
  }
}
