package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a learner reads beside the features: the label of each row (0 or 1), its row key of 32
 * bytes, which stands for the row in everything random, and an integer weight, 1 where there are
 * none. The arrays are used as they are, never copied: nobody may write to them afterwards.
 */
public final class TrainingRows {
  /** The largest weight of a row. */
  public static final int MAX_WEIGHT = 1 << 24;

  private final byte[] labels;
  private final byte[] keys;
  private final int @Nullable [] weights;
  private final long weight;
  private final long positiveWeight;

  private TrainingRows(
      byte[] labels, byte[] keys, int @Nullable [] weights, long weight, long positiveWeight) {
    this.labels = labels;
    this.keys = keys;
    this.weights = weights;
    this.weight = weight;
    this.positiveWeight = positiveWeight;
  }

  /**
   * @param labels 0 or 1 for each row
   * @param keys 32 bytes for each row
   * @throws InvalidInputException if a label is neither 0 nor 1, or the lengths do not match
   */
  public static TrainingRows of(byte[] labels, byte[] keys) {
    return create(labels, keys, null);
  }

  /**
   * @param labels 0 or 1 for each row
   * @param keys 32 bytes for each row
   * @param weights from 0 to {@value #MAX_WEIGHT} for each row; a row of weight 0 counts for
   *     nothing but the cuts
   * @throws InvalidInputException if a label is neither 0 nor 1, a weight is out of range, or the
   *     lengths do not match
   */
  public static TrainingRows of(byte[] labels, byte[] keys, int[] weights) {
    return create(labels, keys, weights);
  }

  private static TrainingRows create(byte[] labels, byte[] keys, int @Nullable [] weights) {
    if (keys.length != (long) labels.length * Sha256.BYTES) {
      throw InvalidInputException.of(
          "row keys", keys.length + " bytes", "32 for each of " + labels.length + " labels");
    }
    if (weights != null && weights.length != labels.length) {
      throw InvalidInputException.of(
          "weights", weights.length, labels.length + ", one for each label");
    }
    long total = 0;
    long positive = 0;
    for (int row = 0; row < labels.length; row++) {
      int weight = weights == null ? 1 : weights[row];
      if ((labels[row] & ~1) != 0) {
        throw InvalidInputException.of("label", labels[row], "0 or 1");
      }
      if (weight < 0 || weight > MAX_WEIGHT) {
        throw InvalidInputException.of("weight", weight, "from 0 to " + MAX_WEIGHT);
      }
      total += weight;
      positive += (long) weight * labels[row];
    }
    return new TrainingRows(labels, keys, weights, total, positive);
  }

  public int rows() {
    return labels.length;
  }

  /** The sum of all weights: the number of rows where there are none. */
  public long weight() {
    return weight;
  }

  /** The sum of the weights of rows with label 1. */
  public long positiveWeight() {
    return positiveWeight;
  }

  /** The label of each row: not a copy, not to be written to. */
  public byte[] labels() {
    return labels;
  }

  /** The row keys, 32 bytes each: not a copy, not to be written to. */
  public byte[] keys() {
    return keys;
  }

  /** The weight of a row. */
  public int weightOf(int row) {
    return weights == null ? 1 : weights[row];
  }

  int largestWeight() {
    return weights == null ? 1 : Arrays.stream(weights).max().orElse(1);
  }

  /** The rows whose weight is not 0, ascending. */
  int[] rowsWithWeight() {
    return IntStream.range(0, rows()).filter(row -> weightOf(row) > 0).toArray();
  }

  /**
   * @throws InvalidInputException if the rows hold one class or none
   */
  void checkTwoClasses() {
    checkTwoClasses(weight, positiveWeight);
  }

  static void checkTwoClasses(long weight, long positiveWeight) {
    if (weight == 0) {
      throw InvalidInputException.of("label", "no rows", "two classes");
    }
    if (positiveWeight == 0 || positiveWeight == weight) {
      throw InvalidInputException.of("label", "1 class", "two");
    }
  }
}
