package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;

/** Grows trees of a forest one after the other on one thread, depth first, keeping its buffers. */
final class ForestTree {
  /** Up to so many rows a node looks at the bins that occur instead of at all. */
  private static final int FEW_ROWS = 128;

  private final BinnedMatrix matrix;
  private final TrainingRows training;
  private final long[] rowHashes;
  private final ForestConfig config;
  private final ForestDraws draws;
  private final byte[][] bins;
  private final SplitSearch search;

  private final RowPartition partition;
  private final int[] rows;
  private final long[] counts;
  private final int[] scratch;
  private final int[] chosen;
  private final long[] sums;

  private int tree;
  private TreeNodes nodes = new TreeNodes();

  ForestTree(
      BinnedMatrix matrix,
      TrainingRows training,
      long[] rowHashes,
      ForestConfig config,
      ForestDraws draws) {
    this.matrix = matrix;
    this.training = training;
    this.rowHashes = rowHashes;
    this.config = config;
    this.draws = draws;
    this.search = new SplitSearch(config.minRowsInLeaf());
    bins = matrix.bins();
    partition = new RowPartition(matrix.rows());
    rows = partition.rows;
    counts = partition.counts;
    scratch = new int[draws.usableFeatures()];
    chosen = new int[draws.featuresPerNode()];
    sums = new long[Math.max(1, draws.featuresPerNode()) * Histograms.BINS];
  }

  TreeNodes grow(int number) {
    tree = number;
    nodes = new TreeNodes();
    int drawn = drawRows();
    long all = 0;
    for (int i = 0; i < drawn; i++) {
      all += counts[i];
    }
    if (drawn == 0) {
      nodes.addLeaf(ClassCounts.leaf(training.positiveWeight(), training.weight()));
    } else {
      grow(0, drawn, all, 0, ForestDraws.ROOT_PATH);
    }
    return nodes;
  }

  /** Collects the rows that this tree draws at least once, in their order. */
  private int drawRows() {
    long treeHash = draws.treeHash(tree);
    byte[] labels = training.labels();
    int drawn = 0;
    long weightDrawn = 0;
    for (int row = 0; row < rowHashes.length; row++) {
      long weight = (long) ForestDraws.weight(treeHash, rowHashes[row]) * training.weightOf(row);
      rows[drawn] = row;
      counts[drawn] = ClassCounts.of((int) weight, labels[row]);
      drawn += weight == 0 ? 0 : 1;
      weightDrawn += weight;
    }
    checkWeight(weightDrawn);
    return drawn;
  }

  static void checkWeight(long weight) {
    if (weight > Integer.MAX_VALUE) {
      throw InvalidInputException.of(
          "weights", weight + " drawn by a tree", "at most " + Integer.MAX_VALUE + " in all");
    }
  }

  private int grow(int from, int to, long all, int depth, long path) {
    if (isLeaf(config, all, depth) || !findSplit(from, to, all, path)) {
      return nodes.addLeaf(ClassCounts.leaf(ClassCounts.positive(all), ClassCounts.weight(all)));
    }
    int feature = search.feature();
    int bin = search.bin();
    boolean missingLeft = search.missingLeft();
    long left = search.left();
    double threshold = matrix.cuts(feature).upperEnd(bin);
    int node = nodes.addSplit(feature, threshold, missingLeft, search.gain());
    int middle = from;
    if (!isLeaf(config, left, depth + 1) || !isLeaf(config, all - left, depth + 1)) {
      middle = partition.split(from, to, bins[feature], bin, missingLeft);
    }
    int leftChild = grow(from, middle, left, depth + 1, 2 * path);
    int rightChild = grow(middle, to, all - left, depth + 1, 2 * path + 1);
    nodes.setChildren(node, leftChild, rightChild);
    return node;
  }

  /** Whether no split may be looked for. */
  static boolean isLeaf(ForestConfig config, long all, int depth) {
    return depth >= config.maxDepth()
        || ClassCounts.isPure(all)
        || ClassCounts.weight(all) < 2L * config.minRowsInLeaf();
  }

  private boolean findSplit(int from, int to, long all, long path) {
    draws.drawFeatures(tree, path, scratch, chosen);
    search.start(all);
    if (to - from <= FEW_ROWS) {
      for (int feature : chosen) {
        search.tryFewRows(feature, rows, counts, from, to, bins[feature], sums);
      }
      return search.found();
    }
    Histograms.addAll(rows, counts, from, to, bins, chosen, chosen.length, sums);
    for (int i = 0; i < chosen.length; i++) {
      search.tryFeature(chosen[i], sums, i * Histograms.BINS, matrix.cuts(chosen[i]).size() + 1);
    }
    Histograms.clear(sums, chosen.length);
    return search.found();
  }
}
