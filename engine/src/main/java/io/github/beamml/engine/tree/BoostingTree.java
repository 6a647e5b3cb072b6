package io.github.beamml.engine.tree;

import io.github.beamml.engine.CannotException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Grows boosted trees one after the other, each level by level. Of two siblings only the one with
 * fewer rows adds its rows up; the other is the parent less that one. A task is a few features of a
 * pair of siblings, or the rows of a node; neither their number nor their order shows in the sums.
 */
final class BoostingTree {
  private static final int FEATURES_PER_TASK = 4;
  private static final int ROWS_PER_TASK = 1 << 14;

  /** Siblings of which one at least is to be split; the smaller adds its rows up. */
  private record Pair(
      BoostingNode small, boolean splitSmall, BoostingNode large, boolean splitLarge) {}

  private final BinnedMatrix matrix;
  private final TrainingRows training;
  private final BoostingConfig config;
  private final LogisticGradients gradients;
  private final GradientSplitSearch search;
  private final Parallel parallel;
  private final RowPartition partition;
  private final int[] activeRows;
  private final int[][] chunks;
  private final Deque<long[]> free = new ArrayDeque<>();

  BoostingTree(
      BinnedMatrix matrix, TrainingRows training, BoostingConfig config, Parallel parallel) {
    this.matrix = matrix;
    this.training = training;
    this.config = config;
    this.parallel = parallel;
    activeRows = training.rowsWithWeight();
    gradients = new LogisticGradients(training.largestWeight());
    double scale = gradients.scale();
    search =
        new GradientSplitSearch(
            config.l2() * scale, (long) StrictMath.ceil(config.minHessianInLeaf() * scale));
    partition = new RowPartition(activeRows.length);
    chunks = chunks(BinnedMatrix.usableFeatures(List.of(matrix)));
    checkMemory();
  }

  private static int[][] chunks(int[] features) {
    int[][] chunks = new int[(features.length + FEATURES_PER_TASK - 1) / FEATURES_PER_TASK][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int from = chunk * FEATURES_PER_TASK;
      int to = Math.min(features.length, from + FEATURES_PER_TASK);
      chunks[chunk] = Arrays.copyOfRange(features, from, to);
    }
    return chunks;
  }

  private void checkMemory() {
    long nodes = Math.min(1L << (config.maxDepth() - 1), activeRows.length) + 1;
    long megabytes = (nodes * sumsOfNode() * Long.BYTES) >> 20;
    long most = (Runtime.getRuntime().maxMemory() / 2) >> 20;
    if (megabytes > most) {
      String what = "depth " + config.maxDepth() + " and " + matrix.features() + " features";
      throw CannotException.to(
          "train boosting",
          "histograms of "
              + what
              + " may take "
              + megabytes
              + " MB, and there are "
              + most
              + " MB for them");
    }
  }

  private int sumsOfNode() {
    return Math.multiplyExact(matrix.features(), GradientHistograms.PER_FEATURE);
  }

  /**
   * Grows a tree on the derivatives at these margins.
   *
   * @param margins by row, in steps of the leaf grid
   * @param mostLeaf no leaf is beyond it
   */
  BoostingNode grow(long[] margins, double mostLeaf) {
    BoostingNode root = start(margins);
    List<BoostingNode> open = List.of();
    if (chunks.length > 0 && !search.isTooLight(root.h)) {
      root.sums = newSums();
      findSplits(List.of(new Pair(root, true, root, false)));
      open = List.of(root);
    }
    for (int depth = 1; !open.isEmpty(); depth++) {
      open = nextLevel(splitRows(open), depth < config.maxDepth());
    }
    setLeaves(root, mostLeaf);
    return root;
  }

  /** Adds each leaf to the margins of its rows. */
  void addLeaves(BoostingNode root, long[] margins) {
    List<BoostingNode> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    parallel.run(
        leaves.size(),
        task -> {
          BoostingNode node = leaves.get(task);
          long step = LeafGrid.steps(node.leaf);
          for (int i = node.from; i < node.to; i++) {
            margins[partition.rows[i]] += step;
          }
        });
  }

  /** What a gain of the split search is in units of the loss. */
  double scale() {
    return gradients.scale();
  }

  private BoostingNode start(long[] margins) {
    int tasks = (activeRows.length + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
    long[] sumsOfG = new long[tasks];
    long[] sumsOfH = new long[tasks];
    byte[] labels = training.labels();
    parallel.run(
        tasks,
        task -> {
          int end = Math.min(activeRows.length, (task + 1) * ROWS_PER_TASK);
          for (int i = task * ROWS_PER_TASK; i < end; i++) {
            int row = activeRows[i];
            long pair = gradients.of(margins[row], labels[row], training.weightOf(row));
            partition.rows[i] = row;
            partition.counts[i] = pair;
            sumsOfG[task] += LogisticGradients.g(pair);
            sumsOfH[task] += LogisticGradients.h(pair);
          }
        });
    long g = 0;
    long h = 0;
    for (int task = 0; task < tasks; task++) {
      g += sumsOfG[task];
      h += sumsOfH[task];
    }
    return new BoostingNode(0, activeRows.length, g, h);
  }

  /** Gives a node its children where a split was found; returns those nodes. */
  private List<BoostingNode> splitRows(List<BoostingNode> open) {
    List<BoostingNode> split = new ArrayList<>();
    for (BoostingNode node : open) {
      if (node.split.isFound()) {
        split.add(node);
      } else {
        release(node);
      }
    }
    parallel.run(split.size(), task -> splitRows(split.get(task)));
    return split;
  }

  private void splitRows(BoostingNode node) {
    BoostingSplit split = node.split;
    byte[] column = matrix.bins(split.feature());
    int middle = partition.split(node.from, node.to, column, split.bin(), split.missingLeft());
    node.left = new BoostingNode(node.from, middle, split.g(), split.h());
    node.right = new BoostingNode(middle, node.to, node.g - split.g(), node.h - split.h());
  }

  /** Looks for splits of the children of these nodes; returns the children that may have one. */
  private List<BoostingNode> nextLevel(List<BoostingNode> parents, boolean deeper) {
    List<Pair> pairs = new ArrayList<>();
    List<BoostingNode> open = new ArrayList<>();
    for (BoostingNode parent : parents) {
      BoostingNode left = parent.left();
      BoostingNode right = parent.right();
      boolean splitLeft = deeper && !search.isTooLight(left.h);
      boolean splitRight = deeper && !search.isTooLight(right.h);
      if (splitLeft) {
        open.add(left);
      }
      if (splitRight) {
        open.add(right);
      }
      if (splitLeft || splitRight) {
        Pair pair =
            left.rows() <= right.rows()
                ? new Pair(left, splitLeft, right, splitRight)
                : new Pair(right, splitRight, left, splitLeft);
        pair.small.sums = newSums();
        pair.large.sums = parent.sums;
        pairs.add(pair);
      } else {
        release(parent);
      }
      parent.sums = null;
    }
    findSplits(pairs);
    return open;
  }

  private void findSplits(List<Pair> pairs) {
    BoostingSplit[][] ofSmall = new BoostingSplit[pairs.size()][chunks.length];
    BoostingSplit[][] ofLarge = new BoostingSplit[pairs.size()][chunks.length];
    parallel.runWith(
        pairs.size() * chunks.length,
        () -> {
          long[] buffer = new long[FEATURES_PER_TASK * Histograms.BINS];
          return task -> {
            Pair pair = pairs.get(task / chunks.length);
            int chunk = task % chunks.length;
            addUp(pair, chunks[chunk], buffer);
            ofSmall[task / chunks.length][chunk] =
                pair.splitSmall ? best(pair.small, chunks[chunk]) : BoostingSplit.NONE;
            ofLarge[task / chunks.length][chunk] =
                pair.splitLarge ? best(pair.large, chunks[chunk]) : BoostingSplit.NONE;
          };
        });
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      finish(pair.small, pair.splitSmall, ofSmall[i]);
      if (pair.large != pair.small) {
        finish(pair.large, pair.splitLarge, ofLarge[i]);
      }
    }
  }

  private void addUp(Pair pair, int[] features, long[] buffer) {
    GradientHistograms.compute(
        partition, pair.small, matrix.bins(), features, buffer, pair.small.sums());
    if (pair.splitLarge) {
      GradientHistograms.subtract(pair.large.sums(), pair.small.sums(), features);
    }
  }

  private BoostingSplit best(BoostingNode node, int[] features) {
    BoostingSplit best = BoostingSplit.NONE;
    for (int feature : features) {
      int bins = matrix.cuts(feature).size() + 1;
      best = best.orBetter(search.best(node, node.sums(), feature, bins));
    }
    return best;
  }

  private void finish(BoostingNode node, boolean isToSplit, BoostingSplit[] byChunk) {
    for (BoostingSplit split : byChunk) {
      node.split = node.split.orBetter(split);
    }
    if (!isToSplit) {
      release(node);
    }
  }

  private void setLeaves(BoostingNode root, double mostLeaf) {
    List<BoostingNode> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    for (BoostingNode node : leaves) {
      double value = -search.step(node.g, node.h) * config.learningRate();
      node.leaf = LeafGrid.round(Math.max(-mostLeaf, Math.min(mostLeaf, value)));
    }
  }

  private static void collectLeaves(BoostingNode node, List<BoostingNode> leaves) {
    if (node.isLeaf()) {
      leaves.add(node);
    } else {
      collectLeaves(node.left(), leaves);
      collectLeaves(node.right(), leaves);
    }
  }

  private long[] newSums() {
    long[] sums = free.poll();
    return sums == null ? new long[sumsOfNode()] : sums;
  }

  private void release(BoostingNode node) {
    if (node.sums != null) {
      free.push(node.sums);
      node.sums = null;
    }
  }
}
