package io.github.beamml.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.ForestConfig;
import io.github.beamml.engine.tree.HistogramForest;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.engine.tree.TreeEnsembleBuilder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ONNX Runtime scores the models written here bit for bit as their own code does. */
final class OnnxRuntimeTest {
  private static final List<String> FEATURES = List.of("a", "b", "c", "d", "e");
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e300
  };

  @Test
  void aTrainedForestScoresBitEqual() throws OrtException {
    SplittableRandom random = new SplittableRandom(17);
    double[][] columns = new double[FEATURES.size()][];
    Arrays.setAll(columns, column -> values(random, 4000));
    byte[] labels = new byte[4000];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = (byte) (columns[0][row] + random.nextInt(10) > 8 ? 1 : 0);
    }
    byte[] keys = new byte[4000 * 32];
    random.nextBytes(keys);
    TreeEnsemble forest =
        HistogramForest.train(
            FeatureMatrix.of(FEATURES, columns),
            TrainingRows.of(labels, keys),
            ForestConfig.defaults().withTrees(60).withMaxDepth(10),
            2,
            Progress.NONE);
    assertBitEqual(forest, random, 1, 2, 7, 129, 1000, 20_000);
  }

  @Test
  void generatedTreesScoreBitEqual() throws OrtException {
    SplittableRandom random = new SplittableRandom(18);
    for (int round = 0; round < 40; round++) {
      assertBitEqual(generated(random, round), random, 1, 50, 3000);
    }
  }

  @Test
  void treesOfASingleLeafScoreBitEqual() throws OrtException {
    TreeEnsemble leaves =
        new TreeEnsembleBuilder(TreeEnsemble.Kind.FOREST, FEATURES, 0, new double[5])
            .leaf(0.25)
            .leaf(1)
            .leaf(0)
            .build();
    assertBitEqual(leaves, new SplittableRandom(19), 1, 100);
  }

  @Test
  void denormalNumbersSurviveTheNativeLibrary() throws OrtException {
    OrtEnvironment.getEnvironment();
    assertThat(Double.MIN_NORMAL / 2).isGreaterThan(0);
  }

  private static void assertBitEqual(TreeEnsemble trees, SplittableRandom random, int... batches)
      throws OrtException {
    byte[] bytes = OnnxWriter.write(OnnxModel.of(trees));
    assertThat(OnnxReader.read(bytes).trees()).isEqualTo(trees);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(2);
      try (OrtSession session = environment.createSession(bytes, options)) {
        for (int rows : batches) {
          assertBitEqual(trees, session, matrix(trees, random, rows));
        }
      }
    }
    assertThat(Double.MIN_NORMAL / 2).isGreaterThan(0);
  }

  private static void assertBitEqual(TreeEnsemble trees, OrtSession session, FeatureMatrix matrix)
      throws OrtException {
    int features = matrix.features();
    double[] flat = new double[matrix.rows() * features];
    for (int row = 0; row < matrix.rows(); row++) {
      System.arraycopy(matrix.row(row), 0, flat, row * features, features);
    }
    long[] shape = {matrix.rows(), features};
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), DoubleBuffer.wrap(flat), shape);
        OrtSession.Result result = session.run(Map.of("features", input))) {
      double[][] margins = (double[][]) result.get("margin").orElseThrow().getValue();
      double[][] probabilities = (double[][]) result.get("probability").orElseThrow().getValue();
      double[] expected = trees.margins(matrix, 1);
      for (int row = 0; row < expected.length; row++) {
        assertThat(margins[row][0]).isEqualTo(expected[row]);
        assertThat(probabilities[row][0])
            .isCloseTo(trees.probability(expected[row]), within(1e-15));
      }
    }
  }

  /** Thresholds themselves, their neighbours, and values of all kinds. */
  private static FeatureMatrix matrix(TreeEnsemble trees, SplittableRandom random, int rows) {
    double[] thresholds =
        IntStream.range(0, trees.nodes()).mapToDouble(trees::threshold).distinct().toArray();
    double[][] columns = new double[FEATURES.size()][];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = values(random, rows);
      for (int row = 0; row < rows; row++) {
        double threshold = thresholds[random.nextInt(thresholds.length)];
        columns[column][row] =
            switch (random.nextInt(6)) {
              case 0, 1 -> threshold;
              case 2 -> Math.nextUp(threshold);
              case 3 -> Math.nextDown(threshold);
              default -> columns[column][row];
            };
      }
    }
    return FeatureMatrix.of(FEATURES, columns);
  }

  private static TreeEnsemble generated(SplittableRandom random, int round) {
    boolean isForest = round % 2 == 0;
    TreeEnsembleBuilder builder =
        new TreeEnsembleBuilder(
            isForest ? TreeEnsemble.Kind.FOREST : TreeEnsemble.Kind.BOOSTING,
            FEATURES,
            isForest ? 0 : onGrid(random.nextDouble(-3, 3)),
            new double[FEATURES.size()]);
    int trees = 1 + random.nextInt(30);
    for (int tree = 0; tree < trees; tree++) {
      grow(builder, random, random.nextInt(8), isForest ? 0 : -2);
    }
    return builder.build();
  }

  private static void grow(
      TreeEnsembleBuilder builder, SplittableRandom random, int depth, double least) {
    if (depth == 0 || random.nextInt(10) == 0) {
      builder.leaf(onGrid(random.nextDouble(least, 1)));
      return;
    }
    double threshold = values(random, 1)[0];
    boolean beyond = Double.isNaN(threshold) || threshold == Double.POSITIVE_INFINITY;
    builder.split(
        random.nextInt(FEATURES.size()),
        beyond ? Double.POSITIVE_INFINITY : threshold + 0.0,
        !beyond && random.nextBoolean());
    grow(builder, random, depth - 1, least);
    grow(builder, random, depth - 1, least);
  }

  private static double onGrid(double value) {
    return StrictMath.rint(value * 0x1p32) / 0x1p32 + 0.0;
  }

  private static double[] values(SplittableRandom random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> random.nextInt(12);
            default -> random.nextDouble(-2, 10);
          };
    }
    return values;
  }
}
