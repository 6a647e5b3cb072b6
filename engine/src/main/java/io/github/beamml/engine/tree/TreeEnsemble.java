package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained ensemble of trees for two classes, immutable. A row walks each tree: left where its
 * value is at most the node's threshold, and where it is missing (NaN) and the node says so. Leaves
 * lie on the grid of 2^-32, so that their sum is exact in any order.
 *
 * <ul>
 *   <li>Forest: the margin is the sum of the leaves divided once by their number; it is the
 *       probability.
 *   <li>Boosting: the margin is the base score plus the sum of the leaves, a log-odds; the
 *       probability is 1 / (1 + exp(-margin)).
 * </ul>
 */
public final class TreeEnsemble {
  /** What the sum of the leaves means. */
  public enum Kind {
    FOREST,
    BOOSTING
  }

  /** The feature of a leaf. */
  public static final int LEAF = -1;

  private final Kind kind;
  private final List<String> features;
  private final double base;
  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final int[] left;
  private final int[] right;
  private final boolean[] missingLeft;
  private final double[] leaf;
  private final double[] gains;
  private volatile @Nullable EnsembleScorer scorer;

  private TreeEnsemble(
      Kind kind, List<String> features, double base, List<TreeNodes> trees, double[] gains) {
    this.kind = kind;
    this.features = List.copyOf(features);
    this.base = base;
    this.gains = gains;
    int size = trees.stream().mapToInt(TreeNodes::size).reduce(0, Math::addExact);
    roots = new int[trees.size() + 1];
    feature = new int[size];
    threshold = new double[size];
    left = new int[size];
    right = new int[size];
    missingLeft = new boolean[size];
    leaf = new double[size];
    for (int tree = 0; tree < trees.size(); tree++) {
      append(trees.get(tree), roots[tree]);
      roots[tree + 1] = roots[tree] + trees.get(tree).size();
    }
    EnsembleChecks.check(this);
  }

  private void append(TreeNodes nodes, int root) {
    for (int node = 0; node < nodes.size(); node++) {
      boolean isLeaf = nodes.feature(node) == TreeNodes.LEAF;
      feature[root + node] = nodes.feature(node);
      threshold[root + node] = nodes.threshold(node);
      left[root + node] = isLeaf ? LEAF : root + nodes.left(node);
      right[root + node] = isLeaf ? LEAF : root + nodes.right(node);
      missingLeft[root + node] = nodes.missingLeft(node);
      leaf[root + node] = nodes.leaf(node);
    }
  }

  /** A forest of trees just grown. */
  static TreeEnsemble forest(List<String> features, List<TreeNodes> trees) {
    return of(Kind.FOREST, features, 0, trees, sumOfGains(features.size(), trees));
  }

  /**
   * @param gains the sum of the gains of the splits of each feature
   * @throws InvalidInputException if the trees are none that a learner here could have grown
   */
  static TreeEnsemble of(
      Kind kind, List<String> features, double base, List<TreeNodes> trees, double[] gains) {
    return new TreeEnsemble(kind, features, base, trees, gains.clone());
  }

  static double[] sumOfGains(int features, List<TreeNodes> trees) {
    double[] gains = new double[features];
    for (TreeNodes tree : trees) {
      for (int node = 0; node < tree.size(); node++) {
        if (tree.feature(node) != TreeNodes.LEAF) {
          gains[tree.feature(node)] += tree.gain(node);
        }
      }
    }
    return gains;
  }

  public Kind kind() {
    return kind;
  }

  /** The names of the features, in the order of a row's values. */
  public List<String> features() {
    return features;
  }

  /** What is added to the sum of the leaves; 0 for a forest. */
  public double base() {
    return base;
  }

  public int trees() {
    return roots.length - 1;
  }

  /** Nodes of all trees together; each tree's are numbered one after the other, in preorder. */
  public int nodes() {
    return feature.length;
  }

  /** The first node of a tree; {@code root(trees())} is {@link #nodes()}. */
  public int root(int tree) {
    return roots[tree];
  }

  /** The feature that a node looks at, {@value #LEAF} for a leaf. */
  public int feature(int node) {
    return feature[node];
  }

  /** Values up to it go left; positive infinity where only missing values go right. */
  public double threshold(int node) {
    return threshold[node];
  }

  public int left(int node) {
    return left[node];
  }

  public int right(int node) {
    return right[node];
  }

  public boolean missingLeft(int node) {
    return missingLeft[node];
  }

  /** The value of a leaf, 0 for any other node. */
  public double leaf(int node) {
    return leaf[node];
  }

  /**
   * The margin of one row.
   *
   * @throws InvalidInputException if it has not one value for each feature
   */
  public double margin(double[] row) {
    if (row.length != features.size()) {
      throw InvalidInputException.of(
          "row", row.length + " values", features.size() + ", one for each feature");
    }
    double sum = 0;
    for (int tree = 0; tree < trees(); tree++) {
      sum += leaf[leafOf(row, roots[tree])];
    }
    return marginOf(sum);
  }

  private int leafOf(double[] row, int root) {
    int node = root;
    while (feature[node] != LEAF) {
      double value = row[feature[node]];
      boolean goesLeft = Double.isNaN(value) ? missingLeft[node] : value <= threshold[node];
      node = goesLeft ? left[node] : right[node];
    }
    return node;
  }

  /** The margins of many rows, bit-equal to those of {@link #margin}, on some threads. */
  public double[] margins(FeatureMatrix matrix, int threads) {
    if (!matrix.names().equals(features)) {
      throw InvalidInputException.of(
          "features", String.join(", ", matrix.names()), String.join(", ", features));
    }
    double[] margins = new double[matrix.rows()];
    EnsembleScorer shared = scorer();
    if (!shared.fits()) {
      Arrays.setAll(margins, row -> margin(matrix.row(row)));
      return margins;
    }
    if (matrix.rows() <= EnsembleScorer.FEW_ROWS) {
      Arrays.setAll(margins, row -> marginOf(shared.sumOfLeaves(matrix.row(row))));
      return margins;
    }
    int blocks = EnsembleScorer.blocks(matrix.rows());
    Parallel.runWith(threads, blocks, () -> shared.worker(matrix, margins));
    for (int row = 0; row < margins.length; row++) {
      margins[row] = marginOf(margins[row]);
    }
    return margins;
  }

  private EnsembleScorer scorer() {
    EnsembleScorer made = scorer;
    if (made == null) {
      made = new EnsembleScorer(this);
      scorer = made;
    }
    return made;
  }

  private double marginOf(double sumOfLeaves) {
    return kind == Kind.FOREST ? sumOfLeaves / trees() : base + sumOfLeaves;
  }

  /** The probability of class 1 that a margin stands for. */
  public double probability(double margin) {
    return kind == Kind.FOREST ? margin : 1 / (1 + StrictMath.exp(-margin));
  }

  /** The probabilities of many rows. */
  public double[] probabilities(FeatureMatrix matrix, int threads) {
    double[] values = margins(matrix, threads);
    for (int row = 0; row < values.length; row++) {
      values[row] = probability(values[row]);
    }
    return values;
  }

  /** How many splits look at each feature. */
  public long[] splitCounts() {
    long[] counts = new long[features.size()];
    for (int split : feature) {
      if (split != LEAF) {
        counts[split]++;
      }
    }
    return counts;
  }

  /** The gains of each feature's splits added up, in the order of the nodes. */
  public double[] gains() {
    return gains.clone();
  }

  /** Each feature's share of all gains, by name; all 0 if no tree has a split. */
  public Map<String, Double> importances() {
    double all = 0;
    for (double gain : gains) {
      all += gain;
    }
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < gains.length; i++) {
      shares.put(features.get(i), all > 0 ? gains[i] / all : 0);
    }
    return shares;
  }

  /** SHA-256 over all that a score depends on: kind, base, names, thresholds, leaves. */
  public byte[] digest() {
    return EnsembleDigest.of(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TreeEnsemble that && Arrays.equals(digest(), that.digest());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest());
  }

  @Override
  public String toString() {
    return kind + " of " + trees() + " trees, " + nodes() + " nodes";
  }
}
