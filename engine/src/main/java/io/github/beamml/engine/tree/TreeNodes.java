package io.github.beamml.engine.tree;

import java.util.Arrays;

/** The nodes of one tree while it grows, in preorder: a parent, its left subtree, its right one. */
final class TreeNodes {
  static final int LEAF = -1;

  private int size;
  private int[] feature = new int[64];
  private double[] threshold = new double[64];
  private int[] left = new int[64];
  private int[] right = new int[64];
  private boolean[] missingLeft = new boolean[64];
  private double[] leaf = new double[64];
  private double[] gain = new double[64];

  int addLeaf(double value) {
    int node = add();
    feature[node] = LEAF;
    left[node] = LEAF;
    right[node] = LEAF;
    leaf[node] = value;
    return node;
  }

  /** Adds a split whose children come later. */
  int addSplit(int splitFeature, double splitThreshold, boolean missingToLeft, double splitGain) {
    int node = add();
    feature[node] = splitFeature;
    threshold[node] = splitThreshold;
    missingLeft[node] = missingToLeft;
    gain[node] = splitGain;
    return node;
  }

  void setChildren(int node, int leftChild, int rightChild) {
    left[node] = leftChild;
    right[node] = rightChild;
  }

  int size() {
    return size;
  }

  int feature(int node) {
    return feature[node];
  }

  double threshold(int node) {
    return threshold[node];
  }

  int left(int node) {
    return left[node];
  }

  int right(int node) {
    return right[node];
  }

  boolean missingLeft(int node) {
    return missingLeft[node];
  }

  double leaf(int node) {
    return leaf[node];
  }

  double gain(int node) {
    return gain[node];
  }

  private int add() {
    if (size == feature.length) {
      int longer = 2 * size;
      feature = Arrays.copyOf(feature, longer);
      threshold = Arrays.copyOf(threshold, longer);
      left = Arrays.copyOf(left, longer);
      right = Arrays.copyOf(right, longer);
      missingLeft = Arrays.copyOf(missingLeft, longer);
      leaf = Arrays.copyOf(leaf, longer);
      gain = Arrays.copyOf(gain, longer);
    }
    return size++;
  }
}
