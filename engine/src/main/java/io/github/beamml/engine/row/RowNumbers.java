package io.github.beamml.engine.row;

import java.util.stream.LongStream;

/**
 * The position of each row in a batch as a system column, so that a row is known again after
 * functions that leave rows out or replace columns.
 */
public final class RowNumbers {
  private static final Field NUMBER = Field.required("_row_number", ValueType.INT64);

  private RowNumbers() {}

  /** The batch with its rows numbered from 0. */
  public static RowBatch attach(RowBatch batch) {
    return batch.with(NUMBER, LongColumn.of(NUMBER.type(), upTo(batch.size()), null));
  }

  private static long[] upTo(int rows) {
    return LongStream.range(0, rows).toArray();
  }

  /** The number of a row. */
  public static int of(RowBatch numbered, int row) {
    return Math.toIntExact(((LongColumn) numbered.column(NUMBER.name())).get(row));
  }

  /** The numbers of all rows. */
  public static int[] of(RowBatch numbered) {
    int[] numbers = new int[numbered.size()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = of(numbered, row);
    }
    return numbers;
  }
}
