package io.github.beamml.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field over the rows of a batch. Immutable: arrays handed to a factory belong to
 * the column from then on, arrays handed out may only be read.
 *
 * <p>The value in a null row is unspecified; ask {@link #isNull} first.
 */
public abstract sealed class Column
    permits LongColumn, DoubleColumn, StringColumn, BytesColumn, DoublesColumn {
  private final ValueType type;
  private final int size;
  private final long @Nullable [] nulls;

  Column(ValueType type, int size, long @Nullable [] nulls) {
    this.type = type;
    this.size = size;
    this.nulls = Nulls.orNone(nulls, size);
  }

  public final ValueType type() {
    return type;
  }

  /** Rows. */
  public final int size() {
    return size;
  }

  public final boolean isNull(int row) {
    return Nulls.isNull(nulls, row);
  }

  /** One bit a row, row 0 lowest, set where the value is null; null where no value is. */
  public final long @Nullable [] nulls() {
    return nulls;
  }

  public final boolean hasNulls() {
    return nulls != null;
  }

  public final int nullCount() {
    return Nulls.count(nulls);
  }

  /** The value as Boolean, Long, Double, String, byte[] or double[]; for single rows and texts. */
  public abstract @Nullable Object value(int row);

  /** The rows named, in the order given; a row may be named more than once. */
  public abstract Column take(int[] rows);

  final long @Nullable [] takeNulls(int[] rows) {
    return Nulls.take(nulls, rows);
  }

  /** Joins columns of one type. */
  public static Column concat(List<Column> parts) {
    Column first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    if (first instanceof LongColumn) {
      return LongColumn.join(parts);
    }
    if (first instanceof DoubleColumn) {
      return DoubleColumn.join(parts);
    }
    if (first instanceof StringColumn) {
      return StringColumn.join(parts);
    }
    if (first instanceof BytesColumn) {
      return BytesColumn.join(parts);
    }
    return DoublesColumn.join(parts);
  }

  static int totalSize(List<Column> parts) {
    return parts.stream().mapToInt(Column::size).sum();
  }
}
