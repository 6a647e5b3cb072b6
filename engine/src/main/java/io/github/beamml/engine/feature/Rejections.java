package io.github.beamml.engine.feature;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import org.jspecify.annotations.Nullable;

/** The rows of a batch that cannot be computed, each with its first reason. */
final class Rejections {
  private final int rows;
  private @Nullable String @Nullable [] reasons;
  private int count;

  Rejections(int rows) {
    this.rows = rows;
  }

  void reject(int row, String reason) {
    @Nullable String[] known = reasons;
    if (known == null) {
      known = new @Nullable String[rows];
      reasons = known;
    }
    if (known[row] == null) {
      known[row] = reason;
      count++;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The positions of the rows that were not rejected. */
  int[] kept() {
    int[] kept = new int[rows - count];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      if (reasons == null || reasons[row] == null) {
        kept[next++] = row;
      }
    }
    return kept;
  }

  /**
   * Hands the rejected rows of the input to {@code errors} and returns the positions of the rest.
   */
  int[] report(RowBatch input, RowErrors errors) {
    for (int row = 0; row < rows; row++) {
      String reason = reasons == null ? null : reasons[row];
      if (reason != null) {
        errors.reject(input, row, reason);
      }
    }
    return kept();
  }
}
