package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes an ensemble node by node, each tree in preorder: a split, all of its left subtree, all of
 * its right one. Children need no naming: a tree is complete with its last leaf, and the next node
 * begins the next tree.
 */
public final class TreeEnsembleBuilder {
  private final TreeEnsemble.Kind kind;
  private final List<String> features;
  private final double base;
  private final double[] gains;
  private final List<TreeNodes> trees = new ArrayList<>();
  private TreeNodes tree = new TreeNodes();

  /** The splits that are not complete, the innermost last, with their left child where it is. */
  private int[] openSplits = new int[16];

  private int[] leftChildren = new int[16];
  private int open;

  /**
   * @param base added to the sum of the leaves; 0 for a forest
   * @param gains of each feature's splits together, as {@link TreeEnsemble#gains} gives them
   */
  public TreeEnsembleBuilder(
      TreeEnsemble.Kind kind, List<String> features, double base, double[] gains) {
    this.kind = kind;
    this.features = features;
    this.base = base;
    this.gains = gains;
  }

  /** Adds a split; what follows is its left subtree. */
  public TreeEnsembleBuilder split(int feature, double threshold, boolean missingLeft) {
    if (open == openSplits.length) {
      openSplits = Arrays.copyOf(openSplits, 2 * open);
      leftChildren = Arrays.copyOf(leftChildren, 2 * open);
    }
    openSplits[open] = tree.addSplit(feature, threshold, missingLeft, 0);
    leftChildren[open] = TreeNodes.LEAF;
    open++;
    return this;
  }

  /** Adds a leaf; what follows is the right subtree of the last split that has none yet. */
  public TreeEnsembleBuilder leaf(double value) {
    int node = tree.addLeaf(value);
    while (open > 0 && leftChildren[open - 1] != TreeNodes.LEAF) {
      open--;
      tree.setChildren(openSplits[open], leftChildren[open], node);
      node = openSplits[open];
    }
    if (open == 0) {
      trees.add(tree);
      tree = new TreeNodes();
    } else {
      leftChildren[open - 1] = node;
    }
    return this;
  }

  /** Whether every tree begun is complete. */
  public boolean isComplete() {
    return tree.size() == 0;
  }

  /**
   * @throws InvalidInputException if the last tree lacks a leaf, or the trees are none that a
   *     learner here could have grown
   */
  public TreeEnsemble build() {
    if (!isComplete()) {
      throw InvalidInputException.of("tree ensemble", "a split without leaves", "complete trees");
    }
    return TreeEnsemble.of(kind, features, base, trees, gains);
  }
}
