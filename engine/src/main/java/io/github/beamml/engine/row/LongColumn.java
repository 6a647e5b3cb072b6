package io.github.beamml.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Integers, instants (microseconds) or booleans (0 and 1). */
public final class LongColumn extends Column {
  private final long[] values;

  private LongColumn(ValueType type, long[] values, int size, long @Nullable [] nulls) {
    super(type, size, nulls);
    this.values = values;
  }

  /**
   * @param type INT64, TIMESTAMP or BOOLEAN
   * @param values one a row
   */
  public static LongColumn of(ValueType type, long[] values, long @Nullable [] nulls) {
    if (type != ValueType.INT64 && type != ValueType.TIMESTAMP && type != ValueType.BOOLEAN) {
      throw new IllegalArgumentException("not stored as longs: " + type.label());
    }
    return new LongColumn(type, values, values.length, nulls);
  }

  public long get(int row) {
    return values[row];
  }

  /** One value a row; only to be read. */
  public long[] values() {
    return values;
  }

  @Override
  public @Nullable Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    return type() == ValueType.BOOLEAN ? (Object) (values[row] != 0) : (Object) values[row];
  }

  @Override
  public LongColumn take(int[] rows) {
    long[] taken = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new LongColumn(type(), taken, taken.length, takeNulls(rows));
  }

  static LongColumn join(List<Column> parts) {
    long[] joined = new long[totalSize(parts)];
    int at = 0;
    for (Column part : parts) {
      System.arraycopy(((LongColumn) part).values, 0, joined, at, part.size());
      at += part.size();
    }
    return new LongColumn(parts.get(0).type(), joined, joined.length, Nulls.join(parts));
  }
}
