package io.github.beamml.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.TreePredictor;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Compares a model's ONNX file, as ONNX Runtime scores it, with this library's own scores: the
 * margin bit for bit, the probability within 1e-15. Done before a model is registered, as ONNX
 * Runtime has scored some models wrongly without a word.
 */
public final class OnnxParity {
  private static final double PROBABILITY_TOLERANCE = 1e-15;
  private static final long SEED = 20_130_101;

  /** Rows of one call: a single one, few, and so many that the work is shared by threads. */
  private static final int[] BATCHES = {1, 1, 7, 129, 5000};

  private static final int THREADS = 2;

  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL / 2,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };

  private OnnxParity() {}

  /**
   * Scores generated rows both ways: values at the model's thresholds and next to them, between
   * them, and NaN, infinities, zeros and denormal numbers.
   *
   * @return how many rows were compared; none where ONNX Runtime is all that scores the model
   * @throws CannotException if a score differs
   */
  public static long check(Model model) {
    if (!(model.predictor() instanceof TreePredictor predictor)) {
      return 0;
    }
    byte[] onnx = Objects.requireNonNull(model.files().get(Model.ONNX_FILE));
    return check(predictor.trees(), onnx);
  }

  static long check(TreeEnsemble trees, byte[] onnx) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] thresholds = thresholds(trees);
    long compared = 0;
    try (OrtSession session = OnnxRuntime.open("model " + Model.ONNX_FILE, onnx, THREADS)) {
      for (int rows : BATCHES) {
        compare(trees, session, rows(trees.features(), thresholds, random, rows), compared);
        compared += rows;
      }
    } catch (OrtException e) {
      throw CannotException.to("score with ONNX Runtime", OnnxRuntime.firstLine(e), e);
    }
    OnnxRuntime.checkDenormals();
    return compared;
  }

  private static void compare(
      TreeEnsemble trees, OrtSession session, FeatureMatrix matrix, long rowsBefore)
      throws OrtException {
    double[] flat = new double[matrix.rows() * matrix.features()];
    for (int row = 0; row < matrix.rows(); row++) {
      System.arraycopy(matrix.row(row), 0, flat, row * matrix.features(), matrix.features());
    }
    long[] shape = {matrix.rows(), matrix.features()};
    double[] expected = trees.margins(matrix, 1);
    try (OnnxTensor input =
            OnnxTensor.createTensor(OnnxRuntime.environment(), DoubleBuffer.wrap(flat), shape);
        OrtSession.Result result = session.run(Map.of("features", input))) {
      double[][] margins = (double[][]) result.get("margin").orElseThrow().getValue();
      double[][] probabilities = (double[][]) result.get("probability").orElseThrow().getValue();
      for (int row = 0; row < expected.length; row++) {
        double off = probabilities[row][0] - trees.probability(expected[row]);
        boolean equal =
            Double.doubleToLongBits(margins[row][0]) == Double.doubleToLongBits(expected[row]);
        if (!equal || !(Math.abs(off) <= PROBABILITY_TOLERANCE)) {
          throw CannotException.to(
              "register model",
              "ONNX Runtime gives another score in row "
                  + (rowsBefore + row)
                  + " of those generated to compare (margin "
                  + Hex.of(Double.doubleToLongBits(margins[row][0]))
                  + " for "
                  + Hex.of(Double.doubleToLongBits(expected[row]))
                  + ")");
        }
      }
    }
  }

  /** The thresholds of each feature's splits. */
  private static double[][] thresholds(TreeEnsemble trees) {
    int[] counts = new int[trees.features().size()];
    double[][] thresholds = new double[counts.length][8];
    for (int node = 0; node < trees.nodes(); node++) {
      int feature = trees.feature(node);
      if (feature != TreeEnsemble.LEAF) {
        if (counts[feature] == thresholds[feature].length) {
          thresholds[feature] = Arrays.copyOf(thresholds[feature], 2 * counts[feature]);
        }
        thresholds[feature][counts[feature]++] = trees.threshold(node);
      }
    }
    for (int feature = 0; feature < counts.length; feature++) {
      thresholds[feature] =
          Arrays.stream(thresholds[feature], 0, counts[feature]).sorted().distinct().toArray();
    }
    return thresholds;
  }

  private static FeatureMatrix rows(
      List<String> features, double[][] thresholds, SplittableRandom random, int rows) {
    double[][] columns = new double[features.size()][rows];
    for (int feature = 0; feature < columns.length; feature++) {
      for (int row = 0; row < rows; row++) {
        columns[feature][row] = value(thresholds[feature], random);
      }
    }
    return FeatureMatrix.of(features, columns);
  }

  private static double value(double[] thresholds, SplittableRandom random) {
    int choice = random.nextInt(8);
    if (choice == 0 || thresholds.length == 0) {
      return SPECIAL[random.nextInt(SPECIAL.length)];
    }
    double threshold = thresholds[random.nextInt(thresholds.length)];
    double other = thresholds[random.nextInt(thresholds.length)];
    return switch (choice) {
      case 1, 2 -> threshold;
      case 3 -> Math.nextUp(threshold);
      case 4 -> Math.nextDown(threshold);
      default -> threshold / 2 + other / 2;
    };
  }
}
