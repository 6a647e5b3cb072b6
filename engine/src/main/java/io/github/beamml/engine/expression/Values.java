package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One value a row: a value, null or a failure with its reason. Failures are values until the end,
 * so that the branch which is not taken cannot fail a row.
 *
 * @param column the values; unspecified where a row failed
 * @param failures the reasons, or null where no row failed
 */
record Values(Column column, @Nullable Failures failures) {
  static Values of(Column column) {
    return new Values(column, null);
  }

  boolean isNull(int row) {
    return column.isNull(row);
  }

  boolean isFailed(int row) {
    return failures != null && failures.reason(row) != null;
  }

  /** A column that holds one value in every row. */
  static Column repeat(ValueType type, @Nullable Object value, int rows) {
    long[] nulls = null;
    if (value == null) {
      nulls = Nulls.none(rows);
      for (int row = 0; row < rows; row++) {
        Nulls.set(nulls, row);
      }
    }
    return switch (type) {
      case BOOLEAN -> LongColumn.of(type, filled(Boolean.TRUE.equals(value) ? 1 : 0, rows), nulls);
      case INT64, TIMESTAMP ->
          LongColumn.of(type, filled(value instanceof Long number ? number : 0, rows), nulls);
      case DOUBLE -> {
        double[] values = new double[rows];
        Arrays.fill(values, value instanceof Double number ? number : 0);
        yield DoubleColumn.of(values, nulls);
      }
      case STRING ->
          StringColumn.of(
              new String[] {value instanceof String text ? text : ""}, new int[rows], nulls);
      case BYTES, DOUBLES -> throw new IllegalArgumentException("no constant: " + type.label());
    };
  }

  private static long[] filled(long value, int rows) {
    long[] values = new long[rows];
    Arrays.fill(values, value);
    return values;
  }

  /** The same values with other nulls. */
  static Column withNulls(Column column, long @Nullable [] nulls) {
    if (column instanceof LongColumn longs) {
      return LongColumn.of(column.type(), longs.values(), nulls);
    }
    if (column instanceof DoubleColumn doubles) {
      return DoubleColumn.of(doubles.values(), nulls);
    }
    StringColumn strings = (StringColumn) column;
    return StringColumn.of(strings.dictionary(), strings.codes(), nulls);
  }
}
