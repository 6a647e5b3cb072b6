package io.github.beamml.engine.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A forest as workers would grow it, each holding a shard of the rows: level by level every shard
 * makes its histograms, these are added up, and the split found is told to all shards. Shares only
 * the kernels with {@link HistogramForest}.
 */
final class ShardedForest {
  private record Split(int feature, int bin, boolean missingLeft, double gain) {}

  private static final class Shard {
    private final BinnedMatrix matrix;
    private final TrainingRows training;
    private final long[] rowHashes;
    private final Map<Long, List<Integer>> rowsByPath = new HashMap<>();
    private long treeHash;

    Shard(BinnedMatrix matrix, TrainingRows training, ForestDraws draws) {
      this.matrix = matrix;
      this.training = training;
      this.rowHashes = draws.rowHashes(training.keys(), 1);
    }

    long counts(int row) {
      int weight = ForestDraws.weight(treeHash, rowHashes[row]) * training.weightOf(row);
      return ClassCounts.of(weight, training.labels()[row]);
    }

    long start(long hash) {
      treeHash = hash;
      rowsByPath.clear();
      List<Integer> rows = new ArrayList<>();
      long all = 0;
      for (int row = 0; row < matrix.rows(); row++) {
        all += counts(row);
        rows.add(row);
      }
      rowsByPath.put(ForestDraws.ROOT_PATH, rows);
      return all;
    }

    long[] histogram(long path, int[] features) {
      List<Integer> rows = rowsByPath.getOrDefault(path, List.of());
      long[] counts = rows.stream().mapToLong(this::counts).toArray();
      int[] rowIds = rows.stream().mapToInt(Integer::intValue).toArray();
      byte[][] bins = new byte[matrix.features()][];
      for (int feature = 0; feature < bins.length; feature++) {
        bins[feature] = matrix.bins(feature);
      }
      long[] sums = new long[features.length * Histograms.BINS];
      Histograms.addAll(rowIds, counts, 0, rowIds.length, bins, features, features.length, sums);
      return sums;
    }

    void split(long path, Split split) {
      for (int row : rowsByPath.getOrDefault(path, List.of())) {
        int bin = matrix.bins(split.feature)[row] & 0xff;
        boolean left = bin == ColumnCuts.MISSING ? split.missingLeft : bin <= split.bin;
        rowsByPath.computeIfAbsent(2 * path + (left ? 0 : 1), p -> new ArrayList<>()).add(row);
      }
    }
  }

  private final List<Shard> shards = new ArrayList<>();
  private final List<BinnedMatrix> matrices;
  private final ForestConfig config;
  private final ForestDraws draws;

  private ShardedForest(
      List<BinnedMatrix> matrices, List<TrainingRows> training, ForestConfig config) {
    this.matrices = matrices;
    this.config = config;
    BinnedMatrix.checkSameColumns(matrices);
    draws = new ForestDraws(config, BinnedMatrix.usableFeatures(matrices));
    for (int shard = 0; shard < matrices.size(); shard++) {
      shards.add(new Shard(matrices.get(shard), training.get(shard), draws));
    }
  }

  static TreeEnsemble train(
      List<BinnedMatrix> matrices, List<TrainingRows> training, ForestConfig config) {
    ShardedForest forest = new ShardedForest(matrices, training, config);
    List<TreeNodes> trees = new ArrayList<>();
    for (int tree = 0; tree < config.trees(); tree++) {
      trees.add(forest.grow(tree));
    }
    return TreeEnsemble.forest(matrices.get(0).names(), trees);
  }

  private TreeNodes grow(int tree) {
    Map<Long, Long> counts = new HashMap<>();
    Map<Long, Split> splits = new HashMap<>();
    long all = shards.stream().mapToLong(shard -> shard.start(draws.treeHash(tree))).sum();
    counts.put(ForestDraws.ROOT_PATH, all);
    List<Long> level = List.of(ForestDraws.ROOT_PATH);
    for (int depth = 0; !level.isEmpty(); depth++) {
      List<Long> next = new ArrayList<>();
      for (long path : level) {
        if (!ForestTree.isLeaf(config, counts.get(path), depth)
            && findSplit(tree, path, counts, splits)) {
          next.add(2 * path);
          next.add(2 * path + 1);
        }
      }
      level = next;
    }
    TreeNodes nodes = new TreeNodes();
    write(nodes, ForestDraws.ROOT_PATH, counts, splits);
    return nodes;
  }

  private boolean findSplit(int tree, long path, Map<Long, Long> counts, Map<Long, Split> splits) {
    int[] chosen = new int[draws.featuresPerNode()];
    draws.drawFeatures(tree, path, new int[draws.usableFeatures()], chosen);
    long[] sums = new long[chosen.length * Histograms.BINS];
    for (Shard shard : shards) {
      long[] histogram = shard.histogram(path, chosen);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += histogram[i];
      }
    }
    SplitSearch search = new SplitSearch(config.minRowsInLeaf());
    search.start(counts.get(path));
    for (int i = 0; i < chosen.length; i++) {
      search.tryFeature(chosen[i], sums, i * Histograms.BINS, ColumnCuts.MISSING);
    }
    if (!search.found()) {
      return false;
    }
    Split split = new Split(search.feature(), search.bin(), search.missingLeft(), search.gain());
    splits.put(path, split);
    counts.put(2 * path, search.left());
    counts.put(2 * path + 1, counts.get(path) - search.left());
    shards.forEach(shard -> shard.split(path, split));
    return true;
  }

  private int write(TreeNodes nodes, long path, Map<Long, Long> counts, Map<Long, Split> splits) {
    Split split = splits.get(path);
    if (split == null) {
      long all = counts.get(path);
      return nodes.addLeaf(ClassCounts.leaf(ClassCounts.positive(all), ClassCounts.weight(all)));
    }
    double threshold = matrices.get(0).cuts(split.feature).upperEnd(split.bin);
    int node = nodes.addSplit(split.feature, threshold, split.missingLeft, split.gain);
    int left = write(nodes, 2 * path, counts, splits);
    int right = write(nodes, 2 * path + 1, counts, splits);
    nodes.setChildren(node, left, right);
    return node;
  }
}
