package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.hash.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Scored rows made from a seed. */
final class Sample {
  private Sample() {}

  static byte[] key(int row) {
    return Sha256.of(new byte[] {(byte) row, (byte) (row >> 8), (byte) (row >> 16)});
  }

  /** Rows sliced by colour (four values and null) and month (1 to 12). */
  static ScoredRows of(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoredRows.Builder builder = ScoredRows.sliced(List.of("colour", "month"));
    String[] colours = {"red", "green", "blue", "grün", null};
    for (int row = 0; row < rows; row++) {
      double probability = random.nextInt(1, 1000) / 1000.0;
      builder.add(
          probability * 8 - 4,
          probability,
          random.nextDouble() < probability * 0.6 + 0.1,
          key(row),
          colours[random.nextInt(colours.length)],
          Integer.toString(random.nextInt(1, 13)));
    }
    return builder.build();
  }

  /** The rows at these positions, in their order. */
  static ScoredRows select(ScoredRows rows, int[] positions) {
    ScoredRows.Builder builder = ScoredRows.sliced(rows.slicedBy());
    for (int row : positions) {
      String[] values =
          rows.slices().stream()
              .map(slice -> slice.code(row) < 0 ? null : slice.values().get(slice.code(row)))
              .toArray(String[]::new);
      builder.add(
          rows.margin(row),
          rows.probability(row),
          rows.isPositive(row),
          Arrays.copyOfRange(rows.keys(), row * 32, row * 32 + 32),
          values);
    }
    return builder.build();
  }

  static int[] shuffled(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Rows with the probability as margin and no slices. */
  static ScoredRows plain(double[] probabilities, int... labels) {
    ScoredRows.Builder builder = ScoredRows.sliced(List.of());
    for (int row = 0; row < labels.length; row++) {
      builder.add(probabilities[row], probabilities[row], labels[row] == 1, key(row));
    }
    return builder.build();
  }
}
