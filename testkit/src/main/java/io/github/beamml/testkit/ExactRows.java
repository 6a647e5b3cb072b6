package io.github.beamml.testkit;

import io.github.beamml.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lists that are equal exactly when the rows have the same bits: arrays become lists, and a
 * double equals the one with its bits (NaN equals NaN, 0.0 is not -0.0).
 */
final class ExactRows {
  private ExactRows() {}

  static List<@Nullable Object> row(RowBatch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : batch.row(row)) {
      values.add(comparable(value));
    }
    return Collections.unmodifiableList(values);
  }

  static List<List<@Nullable Object>> of(RowBatch batch) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rows.add(row(batch, row));
    }
    return rows;
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
    if (value instanceof byte[] bytes) {
      List<Byte> list = new ArrayList<>();
      for (byte one : bytes) {
        list.add(one);
      }
      return list;
    }
    return value;
  }
}
