package io.github.beamml.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.FeaturesPerNode;
import io.github.beamml.engine.tree.ForestConfig;
import io.github.beamml.engine.tree.HistogramForest;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.util.HashMap;
import java.util.Map;

/** Trains an exact {@link HistogramForest}: the same bytes in any order and on any machine. */
public final class HistogramForestTrainer implements Trainer {
  private static final long serialVersionUID = 1L;

  private final int trees;
  private final int maxDepth;
  private final int minRowsInLeaf;
  private final int featuresPerNode;
  private final long seed;

  private HistogramForestTrainer(
      int trees, int maxDepth, int minRowsInLeaf, int featuresPerNode, long seed) {
    this.trees = trees;
    this.maxDepth = maxDepth;
    this.minRowsInLeaf = minRowsInLeaf;
    this.featuresPerNode = featuresPerNode;
    this.seed = seed;
  }

  /**
   * A forest of so many trees, the rest as by default.
   *
   * @throws io.github.beamml.engine.InvalidInputException if it is out of range, as from all that
   *     follow
   */
  public static HistogramForestTrainer trees(int trees) {
    return Factory.make(Map.of(Factory.TREES.name(), (long) trees));
  }

  /** At most so many splits from root to leaf. */
  public HistogramForestTrainer maxDepth(int splits) {
    return with(Factory.MAX_DEPTH, splits);
  }

  /** At least so many rows in a leaf, counted as often as its tree draws them. */
  public HistogramForestTrainer minRowsInLeaf(int rows) {
    return with(Factory.MIN_ROWS_IN_LEAF, rows);
  }

  /** So many features tried at a node; 0 is the square root of their number. */
  public HistogramForestTrainer featuresPerNode(int features) {
    return with(Factory.FEATURES_PER_NODE, features);
  }

  /** Of the rows that a tree draws and the features of a node. */
  public HistogramForestTrainer seed(long value) {
    return with(Factory.SEED, value);
  }

  private HistogramForestTrainer with(Parameter<Long> parameter, long value) {
    Map<String, Object> values = new HashMap<>();
    values.put(Factory.TREES.name(), (long) trees);
    values.put(Factory.MAX_DEPTH.name(), (long) maxDepth);
    values.put(Factory.MIN_ROWS_IN_LEAF.name(), (long) minRowsInLeaf);
    values.put(Factory.FEATURES_PER_NODE.name(), (long) featuresPerNode);
    values.put(Factory.SEED.name(), seed);
    values.put(parameter.name(), value);
    return Factory.make(values);
  }

  private ForestConfig config() {
    return new ForestConfig(
        trees,
        maxDepth,
        minRowsInLeaf,
        featuresPerNode == 0
            ? FeaturesPerNode.squareRoot()
            : FeaturesPerNode.count(featuresPerNode),
        seed);
  }

  @Override
  public String name() {
    return Factory.NAME;
  }

  @Override
  public ObjectNode parameters() {
    return CanonicalJson.object()
        .put("trees", trees)
        .put("max_depth", maxDepth)
        .put("min_rows_in_leaf", minRowsInLeaf)
        .put(
            "features_per_node",
            featuresPerNode == 0 ? "square root" : Integer.toString(featuresPerNode))
        .put("seed", CanonicalJson.int64(seed));
  }

  @Override
  public TreeEnsemble train(
      FeatureMatrix features, TrainingRows rows, int threads, Progress progress) {
    return HistogramForest.train(features, rows, config(), threads, progress);
  }

  /** Makes them from parameters. */
  public static final class Factory implements TrainerFactory {
    static final String NAME = "histogram_forest";

    private static final ForestConfig DEFAULTS = ForestConfig.defaults();
    private static final Parameter<Long> TREES =
        Parameter.between(
            1,
            ForestConfig.MAX_TREES,
            Parameter.int64("trees", "How many trees.").defaultTo((long) DEFAULTS.trees()));
    private static final Parameter<Long> MAX_DEPTH =
        Parameter.between(
            1,
            ForestConfig.MAX_DEPTH,
            Parameter.int64("max_depth", "Most splits from root to leaf.")
                .defaultTo((long) DEFAULTS.maxDepth()));
    private static final Parameter<Long> MIN_ROWS_IN_LEAF =
        Parameter.between(
            1,
            Integer.MAX_VALUE,
            Parameter.int64(
                    "min_rows_in_leaf",
                    "Least rows in a leaf, counted as often as its tree draws them.")
                .defaultTo((long) DEFAULTS.minRowsInLeaf()));
    private static final Parameter<Long> FEATURES_PER_NODE =
        Parameter.between(
            0,
            Integer.MAX_VALUE,
            Parameter.int64(
                    "features_per_node",
                    "How many features a node tries; 0 is the square root of their number.")
                .defaultTo(0L));
    private static final Parameter<Long> SEED =
        Parameter.int64("seed", "Of the rows that a tree draws and the features of a node.")
            .defaultTo(0L);
    private static final Descriptor DESCRIPTOR =
        Descriptor.of(
            NAME,
            "Random forest on exact histograms: the same bytes in any order, on any runner.",
            TREES,
            MAX_DEPTH,
            MIN_ROWS_IN_LEAF,
            FEATURES_PER_NODE,
            SEED);

    @Override
    public Descriptor descriptor() {
      return DESCRIPTOR;
    }

    private static HistogramForestTrainer make(Map<String, Object> values) {
      return new Factory().create(DESCRIPTOR.read("", values));
    }

    @Override
    public HistogramForestTrainer create(Configuration configuration) {
      return new HistogramForestTrainer(
          Math.toIntExact(configuration.get(TREES)),
          Math.toIntExact(configuration.get(MAX_DEPTH)),
          Math.toIntExact(configuration.get(MIN_ROWS_IN_LEAF)),
          Math.toIntExact(configuration.get(FEATURES_PER_NODE)),
          configuration.get(SEED));
    }
  }
}
