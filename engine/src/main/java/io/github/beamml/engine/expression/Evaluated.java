package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import org.jspecify.annotations.Nullable;

/**
 * The values of an expression, and why rows have none.
 *
 * @param key what the expression was typed for
 * @param column null where the row failed
 */
record Evaluated(String key, Column column, @Nullable Failures failures) {
  boolean isFailed(int row) {
    return failures != null && failures.reason(row) != null;
  }

  /** Hands the failed rows to {@code errors}. */
  void report(RowBatch batch, RowErrors errors) {
    if (failures == null) {
      return;
    }
    for (int row = 0; row < batch.size(); row++) {
      if (isFailed(row)) {
        errors.reject(batch, row, message(row));
      }
    }
  }

  /** What failed and why, in one line that can stand behind the name of whoever refuses the row. */
  String message(int row) {
    return key + ": " + (failures == null ? "" : failures.reason(row));
  }
}
