package io.github.beamml.training.smile;

import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.TrainingRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The one order in which rows are handed to a learner that looks at their order: by row key, and
 * where keys are equal by label and values.
 */
final class CanonicalOrder {
  private CanonicalOrder() {}

  /** Positions of the rows, first one first. */
  static int[] of(FeatureMatrix features, TrainingRows rows) {
    Comparator<Integer> byKey = (a, b) -> compareKeys(rows.keys(), a, b);
    Comparator<Integer> order =
        byKey
            .thenComparing(row -> rows.labels()[row])
            .thenComparing((a, b) -> compareValues(features, a, b));
    return IntStream.range(0, rows.rows()).boxed().sorted(order).mapToInt(row -> row).toArray();
  }

  private static int compareKeys(byte[] keys, int a, int b) {
    int first = a * Sha256.BYTES;
    int second = b * Sha256.BYTES;
    return Arrays.compareUnsigned(
        keys, first, first + Sha256.BYTES, keys, second, second + Sha256.BYTES);
  }

  private static int compareValues(FeatureMatrix features, int a, int b) {
    for (int feature = 0; feature < features.features(); feature++) {
      double[] column = features.column(feature);
      int order = Double.compare(column[a], column[b]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The values in that order. */
  static double[] apply(int[] order, double[] values) {
    return Arrays.stream(order).mapToDouble(row -> values[row]).toArray();
  }
}
