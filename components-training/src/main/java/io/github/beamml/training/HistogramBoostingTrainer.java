package io.github.beamml.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.BoostingConfig;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.ForestConfig;
import io.github.beamml.engine.tree.HistogramBoosting;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;

/**
 * Trains by exact {@link HistogramBoosting}: the same bytes in any order and on any machine. Grows
 * as many trees as it is told; nothing is random, so there is no seed.
 */
public final class HistogramBoostingTrainer implements Trainer {
  private static final long serialVersionUID = 1L;

  private final int trees;
  private final int maxDepth;
  private final double learningRate;
  private final double l2;
  private final double minHessianInLeaf;

  private HistogramBoostingTrainer(
      int trees, int maxDepth, double learningRate, double l2, double minHessianInLeaf) {
    this.trees = trees;
    this.maxDepth = maxDepth;
    this.learningRate = learningRate;
    this.l2 = l2;
    this.minHessianInLeaf = minHessianInLeaf;
  }

  private BoostingConfig config() {
    return BoostingConfig.defaults()
        .withTrees(trees)
        .withMaxDepth(maxDepth)
        .withLearningRate(learningRate)
        .withL2(l2)
        .withMinHessianInLeaf(minHessianInLeaf);
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
        .put("learning_rate", learningRate)
        .put("l2", l2)
        .put("min_hessian_in_leaf", minHessianInLeaf);
  }

  @Override
  public TreeEnsemble train(
      FeatureMatrix features, TrainingRows rows, int threads, Progress progress) {
    return HistogramBoosting.train(features, rows, config(), threads, progress);
  }

  /** Makes them from parameters. */
  public static final class Factory implements TrainerFactory {
    static final String NAME = "histogram_boosting";

    private static final BoostingConfig DEFAULTS = BoostingConfig.defaults();
    private static final Parameter<Long> TREES =
        Parameter.between(
            1,
            ForestConfig.MAX_TREES,
            Parameter.int64("trees", "How many trees.").defaultTo((long) DEFAULTS.trees()));
    private static final Parameter<Long> MAX_DEPTH =
        Parameter.between(
            1,
            BoostingConfig.MAX_DEPTH,
            Parameter.int64("max_depth", "Most splits from root to leaf.")
                .defaultTo((long) DEFAULTS.maxDepth()));
    private static final Parameter<Double> LEARNING_RATE =
        Parameter.float64("learning_rate", "What each leaf is multiplied by.")
            .defaultTo(DEFAULTS.learningRate())
            .where("in (0, 1]", value -> value > 0 && value <= 1);
    private static final Parameter<Double> L2 =
        amount("l2", "Added to the sum of second derivatives of a leaf.", DEFAULTS.l2());
    private static final Parameter<Double> MIN_HESSIAN_IN_LEAF =
        amount(
            "min_hessian_in_leaf",
            "Least sum of second derivatives in a leaf.",
            DEFAULTS.minHessianInLeaf());
    private static final Descriptor DESCRIPTOR =
        Descriptor.of(
            NAME,
            "Gradient boosting on exact histograms: the same bytes in any order, on any runner.",
            TREES,
            MAX_DEPTH,
            LEARNING_RATE,
            L2,
            MIN_HESSIAN_IN_LEAF);

    private static Parameter<Double> amount(String name, String description, double otherwise) {
      return Parameter.float64(name, description)
          .defaultTo(otherwise)
          .where("from 0 to 1000000", value -> value >= 0 && value <= BoostingConfig.MAX_AMOUNT);
    }

    @Override
    public Descriptor descriptor() {
      return DESCRIPTOR;
    }

    @Override
    public Trainer create(Configuration configuration) {
      return new HistogramBoostingTrainer(
          Math.toIntExact(configuration.get(TREES)),
          Math.toIntExact(configuration.get(MAX_DEPTH)),
          configuration.get(LEARNING_RATE),
          configuration.get(L2),
          configuration.get(MIN_HESSIAN_IN_LEAF));
    }
  }
}
