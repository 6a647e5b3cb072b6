package io.github.beamml.engine.feature;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Columns read as doubles or as terms. Integers beyond 2^53 become the nearest double; true is 1.
 */
final class Numbers {
  private Numbers() {}

  /** One double a row, unspecified in null rows; only to be read. */
  static double[] doubles(Column column) {
    if (column instanceof DoubleColumn doubles) {
      return doubles.values();
    }
    if (column instanceof LongColumn longs) {
      double[] values = new double[longs.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = longs.get(row);
      }
      return values;
    }
    throw new IllegalArgumentException("no numbers: " + column.type().label());
  }

  /** The values that are neither null nor NaN, in the order of the rows. */
  static double[] present(Column column) {
    double[] values = doubles(column);
    double[] present = new double[values.length];
    int size = 0;
    if (column.hasNulls()) {
      for (int row = 0; row < values.length; row++) {
        present[size] = values[row];
        size += column.isNull(row) || Double.isNaN(values[row]) ? 0 : 1;
      }
    } else {
      for (double value : values) {
        present[size] = value;
        size += Double.isNaN(value) ? 0 : 1;
      }
    }
    return size == values.length ? present : Arrays.copyOf(present, size);
  }

  /** Text of every value: strings as they are, integers in decimal, booleans true and false. */
  static StringColumn terms(Column column) {
    if (column instanceof StringColumn strings) {
      return strings;
    }
    LongColumn longs = (LongColumn) column;
    boolean isBoolean = column.type() == ValueType.BOOLEAN;
    Map<Long, Integer> positions = new HashMap<>();
    String[] dictionary = new String[16];
    int[] codes = new int[longs.size()];
    for (int row = 0; row < codes.length; row++) {
      if (column.isNull(row)) {
        continue;
      }
      Integer code = positions.get(longs.get(row));
      if (code == null) {
        code = positions.size();
        positions.put(longs.get(row), code);
        if (code == dictionary.length) {
          dictionary = Arrays.copyOf(dictionary, 2 * code);
        }
        dictionary[code] =
            isBoolean ? Boolean.toString(longs.get(row) != 0) : Long.toString(longs.get(row));
      }
      codes[row] = code;
    }
    return StringColumn.of(Arrays.copyOf(dictionary, positions.size()), codes, column.nulls());
  }
}
