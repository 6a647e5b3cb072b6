package io.github.beamml.engine.feature;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.ValueType;

/** The bucket of a number: how many boundaries are not greater than it. */
final class Bucketing {
  private Bucketing() {}

  /**
   * @param boundaries ascending
   */
  static Kernel kernel(double[] boundaries) {
    return Kernel.simple(column -> buckets(column, boundaries));
  }

  private static Column buckets(Column column, double[] boundaries) {
    double[] values = Numbers.doubles(column);
    long[] buckets = new long[values.length];
    long[] nulls = Nulls.none(values.length);
    for (int row = 0; row < buckets.length; row++) {
      double value = values[row];
      if (Double.isNaN(value) || column.isNull(row)) {
        Nulls.set(nulls, row);
      } else {
        buckets[row] = bucket(boundaries, value);
      }
    }
    return LongColumn.of(ValueType.INT64, buckets, nulls);
  }

  private static int bucket(double[] boundaries, double value) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (boundaries[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
