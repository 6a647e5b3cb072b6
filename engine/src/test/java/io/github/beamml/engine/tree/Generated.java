package io.github.beamml.engine.tree;

import io.github.beamml.engine.hash.Sha256;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Generated rows: the same for the same seed, whatever the machine. */
record Generated(FeatureMatrix features, byte[] labels, byte[] keys) {
  /**
   * P(label = 1) is the first feature; the others say nothing. The best AUC there can be is 5/6.
   */
  static Generated uniform(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] values = new double[columns][rows];
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      for (double[] column : values) {
        column[row] = random.nextDouble();
      }
      labels[row] = (byte) (random.nextDouble() < values[0][row] ? 1 : 0);
    }
    return new Generated(matrix(values), labels, keys(rows, random));
  }

  /**
   * Columns of many kinds: continuous with missing values, small integers, a constant, all missing,
   * two values, wild ones. The label depends on several, on values missing too.
   */
  static Generated mixed(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] values = new double[8][rows];
    values[7] = ColumnCutsTest.wildValues(random, rows);
    byte[] labels = new byte[rows];
    for (int row = 0; row < rows; row++) {
      values[0][row] = random.nextDouble();
      values[1][row] = random.nextInt(4) == 0 ? Double.NaN : random.nextDouble() * 1000;
      values[2][row] = random.nextInt(7);
      values[3][row] = 42;
      values[4][row] = Double.NaN;
      values[5][row] = random.nextInt(2);
      values[6][row] = random.nextInt(3) == 0 ? Double.NaN : 1;
      double score = values[0][row] + values[2][row] / 7 + values[5][row] * values[0][row];
      score += values[6][row] == 1 ? 0.4 : 0;
      score += values[1][row] > 700 ? 0.5 : 0;
      labels[row] = (byte) (score + random.nextDouble() > 2 ? 1 : 0);
    }
    return new Generated(matrix(values), labels, keys(rows, random));
  }

  TrainingRows training() {
    return TrainingRows.of(labels, keys);
  }

  /** The rows in this order; rows may be left out or repeated. */
  Generated pick(int[] rows) {
    double[][] values = new double[features.features()][rows.length];
    byte[] pickedLabels = new byte[rows.length];
    byte[] pickedKeys = new byte[rows.length * Sha256.BYTES];
    for (int i = 0; i < rows.length; i++) {
      for (int feature = 0; feature < values.length; feature++) {
        values[feature][i] = features.column(feature)[rows[i]];
      }
      pickedLabels[i] = labels[rows[i]];
      System.arraycopy(keys, rows[i] * Sha256.BYTES, pickedKeys, i * Sha256.BYTES, Sha256.BYTES);
    }
    return new Generated(FeatureMatrix.of(features.names(), values), pickedLabels, pickedKeys);
  }

  Generated shuffled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, labels.length).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
    return pick(order);
  }

  static FeatureMatrix matrix(double[]... columns) {
    List<String> names = IntStream.range(0, columns.length).mapToObj(i -> "f" + i).toList();
    return FeatureMatrix.of(names, columns);
  }

  static byte[] keys(int rows, SplittableRandom random) {
    byte[] keys = new byte[rows * Sha256.BYTES];
    random.nextBytes(keys);
    return keys;
  }

  /** The share of pairs of a positive and a negative row that the scores put in order. */
  static double auc(double[] scores, byte[] labels) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double negatives = 0;
    double positives = 0;
    double inOrder = 0;
    int from = 0;
    while (from < order.length) {
      int to = from;
      double tiedPositives = 0;
      double tied = 0;
      for (; to < order.length && scores[order[to]] == scores[order[from]]; to++) {
        tiedPositives += labels[order[to]];
        tied++;
      }
      inOrder += tiedPositives * (negatives + (tied - tiedPositives) / 2);
      positives += tiedPositives;
      negatives += tied - tiedPositives;
      from = to;
    }
    return inOrder / (positives * negatives);
  }
}
