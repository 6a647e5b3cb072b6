package io.github.beamml.training.smile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.StableHash;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.training.Trainer;
import io.github.beamml.training.TrainerFactory;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import smile.base.cart.SplitRule;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.BaseVector;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

/**
 * Trains Smile 2.6's random forest (Breiman 2001; Gini impurity, bootstrap rows, trees weighted by
 * their accuracy on the rows they did not draw) and gives it as an ensemble like any other.
 *
 * <p>Smile looks at the order of the rows, so they come in one canonical order; its arithmetic uses
 * {@code Math}, so that the same bytes are promised on one JDK only: its version is a parameter of
 * the model. Missing values and infinities are refused: add an impute step. Everything is in memory
 * on one worker; what needs more than {@code max_memory_mb} is refused with the figure.
 */
public final class SmileForestTrainer implements Trainer {
  private static final long serialVersionUID = 1L;
  private static final long MEGABYTE = 1 << 20;
  private static final int MAX_DEPTH = 64;

  /** No limit of the nodes of a tree but its depth. */
  private static final int ANY_NODES = Integer.MAX_VALUE;

  private static final double BOOTSTRAP = 1.0;
  private static final String LABEL = "_label";

  private final int trees;
  private final int maxDepth;
  private final int minRowsInLeaf;
  private final long seed;
  private final long maxMemoryMegabytes;

  private SmileForestTrainer(
      int trees, int maxDepth, int minRowsInLeaf, long seed, long maxMemoryMegabytes) {
    this.trees = trees;
    this.maxDepth = maxDepth;
    this.minRowsInLeaf = minRowsInLeaf;
    this.seed = seed;
    this.maxMemoryMegabytes = maxMemoryMegabytes;
  }

  @Override
  public String name() {
    return Factory.NAME;
  }

  /** All that the trees depend on; the version of the JDK too, but not the limit of memory. */
  @Override
  public ObjectNode parameters() {
    return CanonicalJson.object()
        .put("trees", trees)
        .put("max_depth", maxDepth)
        .put("min_rows_in_leaf", minRowsInLeaf)
        .put("seed", CanonicalJson.int64(seed))
        .put("same_bytes", "on one JDK")
        .put("jdk", Runtime.version().toString());
  }

  @Override
  public Sameness sameness() {
    return Sameness.ON_ONE_JDK;
  }

  @Override
  public TreeEnsemble train(
      FeatureMatrix features, TrainingRows rows, int threads, Progress progress) {
    check(features, rows, threads);
    DataFrame frame = frame(features, rows);
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      RandomForest forest = pool.submit(() -> fit(frame, features.features())).get();
      progress.done(trees, trees);
      return SmileTrees.toEnsemble(forest, features.names());
    } catch (ExecutionException e) {
      throw CannotException.to("train " + name(), String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CannotException.to("train " + name(), "it was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private RandomForest fit(DataFrame frame, int features) {
    return RandomForest.fit(
        Formula.lhs(LABEL),
        frame,
        trees,
        Math.max(1, (int) Math.sqrt(features)),
        SplitRule.GINI,
        maxDepth,
        ANY_NODES,
        minRowsInLeaf,
        BOOTSTRAP,
        new int[] {1, 1},
        LongStream.range(0, trees).map(this::treeSeed));
  }

  /** Positive and above 1: with any other Smile would take a seed of its own. */
  private long treeSeed(long tree) {
    return 2L + StableHash.below(Integer.MAX_VALUE - 2, StableHash.of(seed, tree));
  }

  private static DataFrame frame(FeatureMatrix features, TrainingRows rows) {
    int[] order = CanonicalOrder.of(features, rows);
    BaseVector<?, ?, ?>[] vectors = new BaseVector<?, ?, ?>[features.features() + 1];
    for (int feature = 0; feature < features.features(); feature++) {
      vectors[feature] =
          DoubleVector.of("f" + feature, CanonicalOrder.apply(order, features.column(feature)));
    }
    byte[] labels = rows.labels();
    vectors[features.features()] =
        IntVector.of(LABEL, Arrays.stream(order).map(row -> labels[row]).toArray());
    return DataFrame.of(vectors);
  }

  private void check(FeatureMatrix features, TrainingRows rows, int threads) {
    if (rows.positiveWeight() == 0 || rows.positiveWeight() == rows.weight()) {
      throw InvalidInputException.of("label", rows.rows() == 0 ? "no rows" : "1 class", "two");
    }
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.weightOf(row) != 1) {
        throw InvalidInputException.of(
            "weight", rows.weightOf(row), "1: " + name() + " takes no weights");
      }
    }
    checkMemory(features, threads);
    for (int feature = 0; feature < features.features(); feature++) {
      checkFinite(features.names().get(feature), features.column(feature));
    }
  }

  private void checkFinite(String feature, double[] values) {
    long missing = Arrays.stream(values).filter(value -> !Double.isFinite(value)).count();
    if (missing > 0) {
      throw InvalidInputException.because(
          "feature " + feature,
          missing
              + " of "
              + values.length
              + " values are missing or infinite (must be none for "
              + name()
              + "; add an impute step)");
    }
  }

  /**
   * A value takes 8 bytes twice (ours and the frame's), 4 bytes of sorted order, and 4 more in each
   * tree at work.
   */
  private void checkMemory(FeatureMatrix features, int threads) {
    long perValue = 2 * Double.BYTES + Integer.BYTES * (1L + threads);
    long values = (long) features.rows() * features.features();
    long megabytes = values * perValue / MEGABYTE + 1;
    if (megabytes > maxMemoryMegabytes) {
      throw CannotException.to(
          "train " + name(),
          features.rows()
              + " rows x "
              + features.features()
              + " features need "
              + megabytes
              + " MB on one worker (max_memory_mb is "
              + maxMemoryMegabytes
              + ")");
    }
  }

  /** Makes them from parameters. */
  public static final class Factory implements TrainerFactory {
    static final String NAME = "smile_random_forest";

    private static final Parameter<Long> TREES =
        Parameter.atLeast(1, Parameter.int64("trees", "How many trees.").defaultTo(100L));
    private static final Parameter<Long> DEPTH =
        Parameter.atLeast(
            2, Parameter.int64("max_depth", "Most nodes from root to leaf.").defaultTo(12L));
    private static final Parameter<Long> MIN_ROWS_IN_LEAF =
        Parameter.atLeast(
            1, Parameter.int64("min_rows_in_leaf", "Least rows in a leaf.").defaultTo(5L));
    private static final Parameter<Long> SEED =
        Parameter.int64("seed", "Of the rows that a tree draws and the features of a node.")
            .defaultTo(0L);
    private static final Parameter<Long> MAX_MEMORY =
        Parameter.atLeast(
            1,
            Parameter.int64("max_memory_mb", "Megabytes that the rows may take; more are refused.")
                .defaultTo(2048L));
    private static final Descriptor DESCRIPTOR =
        Descriptor.of(
            NAME,
            "Smile 2.6's random forest (LGPL): the same bytes in any order of rows, on one JDK.",
            TREES,
            DEPTH,
            MIN_ROWS_IN_LEAF,
            SEED,
            MAX_MEMORY);

    @Override
    public Descriptor descriptor() {
      return DESCRIPTOR;
    }

    @Override
    public Trainer create(Configuration configuration) {
      long depth = configuration.get(DEPTH);
      if (depth > MAX_DEPTH) {
        throw InvalidInputException.of("max_depth", depth, "at most " + MAX_DEPTH);
      }
      return new SmileForestTrainer(
          Math.toIntExact(configuration.get(TREES)),
          Math.toIntExact(depth),
          Math.toIntExact(configuration.get(MIN_ROWS_IN_LEAF)),
          configuration.get(SEED),
          configuration.get(MAX_MEMORY));
    }
  }
}
