package io.github.beamml.engine.model;

import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.io.IOException;

/**
 * An ensemble as TreeEnsemble's flat arrays: splits of all trees in preorder, leaves apart, each
 * used once. A tree that is a leaf becomes a split with that leaf twice, which no learner could
 * have made: everything, missing values too, goes left.
 */
final class OnnxTrees {
  /** Threshold of a split that stands for a single leaf; with missing values to the left. */
  static final double SINGLE_LEAF = Double.POSITIVE_INFINITY;

  private static final int MAX_DEPTH = 64;

  final int[] roots;
  final int[] features;
  final double[] thresholds;
  final int[] missingLeft;
  final int[] left;
  final int[] leftIsLeaf;
  final int[] right;
  final int[] rightIsLeaf;
  final double[] leaves;

  OnnxTrees(
      int[] roots,
      int[] features,
      double[] thresholds,
      int[] missingLeft,
      int[] left,
      int[] leftIsLeaf,
      int[] right,
      int[] rightIsLeaf,
      double[] leaves) {
    this.roots = roots;
    this.features = features;
    this.thresholds = thresholds;
    this.missingLeft = missingLeft;
    this.left = left;
    this.leftIsLeaf = leftIsLeaf;
    this.right = right;
    this.rightIsLeaf = rightIsLeaf;
    this.leaves = leaves;
  }

  private static OnnxTrees ofSize(int trees, int splits, int leafCount) {
    return new OnnxTrees(
        new int[trees],
        new int[splits],
        new double[splits],
        new int[splits],
        new int[splits],
        new int[splits],
        new int[splits],
        new int[splits],
        new double[leafCount]);
  }

  static OnnxTrees of(TreeEnsemble ensemble) {
    int singles = 0;
    int leafCount = 0;
    for (int tree = 0; tree < ensemble.trees(); tree++) {
      singles += isLeaf(ensemble, ensemble.root(tree)) ? 1 : 0;
    }
    for (int node = 0; node < ensemble.nodes(); node++) {
      leafCount += isLeaf(ensemble, node) ? 1 : 0;
    }
    int splits = ensemble.nodes() - leafCount + singles;
    OnnxTrees trees = ofSize(ensemble.trees(), splits, leafCount + singles);
    trees.fill(ensemble);
    return trees;
  }

  private static boolean isLeaf(TreeEnsemble ensemble, int node) {
    return ensemble.feature(node) == TreeEnsemble.LEAF;
  }

  private void fill(TreeEnsemble ensemble) {
    int[] places = new int[ensemble.nodes()];
    int split = 0;
    int leaf = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      int root = ensemble.root(tree);
      roots[tree] = split;
      if (isLeaf(ensemble, root)) {
        addSingleLeaf(split++, leaf, ensemble.leaf(root));
        leaf += 2;
        continue;
      }
      int firstSplit = split;
      for (int node = root; node < ensemble.root(tree + 1); node++) {
        places[node] = isLeaf(ensemble, node) ? leaf++ : split++;
      }
      for (int node = root; node < ensemble.root(tree + 1); node++) {
        if (isLeaf(ensemble, node)) {
          leaves[places[node]] = ensemble.leaf(node);
        } else {
          addSplit(ensemble, node, firstSplit++, places);
        }
      }
    }
  }

  private void addSingleLeaf(int split, int leaf, double value) {
    thresholds[split] = SINGLE_LEAF;
    missingLeft[split] = 1;
    left[split] = leaf;
    leftIsLeaf[split] = 1;
    right[split] = leaf + 1;
    rightIsLeaf[split] = 1;
    leaves[leaf] = value;
    leaves[leaf + 1] = value;
  }

  private void addSplit(TreeEnsemble ensemble, int node, int split, int[] places) {
    features[split] = ensemble.feature(node);
    thresholds[split] = ensemble.threshold(node);
    missingLeft[split] = ensemble.missingLeft(node) ? 1 : 0;
    left[split] = places[ensemble.left(node)];
    leftIsLeaf[split] = isLeaf(ensemble, ensemble.left(node)) ? 1 : 0;
    right[split] = places[ensemble.right(node)];
    rightIsLeaf[split] = isLeaf(ensemble, ensemble.right(node)) ? 1 : 0;
  }

  /**
   * Adds the trees in preorder.
   *
   * @throws IOException if they are deeper, or more, than the arrays can hold once
   */
  void addTo(TreeEnsembleBuilder builder) throws IOException {
    int splits = 0;
    for (int root : roots) {
      if (isSingleLeaf(root)) {
        builder.leaf(leaves[left[root]]);
      } else {
        splits = addTo(builder, root, 0, splits);
      }
    }
  }

  private boolean isSingleLeaf(int split) {
    return thresholds[split] == SINGLE_LEAF && missingLeft[split] == 1;
  }

  private int addTo(TreeEnsembleBuilder builder, int split, int depth, int splitsBefore)
      throws IOException {
    int splits = splitsBefore + 1;
    if (depth == MAX_DEPTH || splits > features.length) {
      throw new IOException("trees that never end");
    }
    builder.split(features[split], thresholds[split], missingLeft[split] != 0);
    splits = addChild(builder, left[split], leftIsLeaf[split], depth, splits);
    return addChild(builder, right[split], rightIsLeaf[split], depth, splits);
  }

  private int addChild(TreeEnsembleBuilder builder, int child, int isLeaf, int depth, int splits)
      throws IOException {
    if (isLeaf == 0) {
      return addTo(builder, child, depth + 1, splits);
    }
    builder.leaf(leaves[child]);
    return splits;
  }
}
