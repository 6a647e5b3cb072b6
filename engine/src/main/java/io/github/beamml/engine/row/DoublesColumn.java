package io.github.beamml.engine.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of doubles in canonical form, one after the other in one array. */
public final class DoublesColumn extends Column {
  private final double[] values;
  private final int[] offsets;

  private DoublesColumn(double[] values, int[] offsets, long @Nullable [] nulls) {
    super(ValueType.DOUBLES, offsets.length - 1, nulls);
    this.values = values;
    this.offsets = offsets;
  }

  /**
   * Takes the arrays over and makes the values canonical in place.
   *
   * @param offsets where each row's values start, and behind the last row where it ends
   */
  public static DoublesColumn of(double[] values, int[] offsets, long @Nullable [] nulls) {
    DoubleColumn.canonicalize(values);
    return new DoublesColumn(values, offsets, nulls);
  }

  /** Rows of equal width without nulls. */
  public static DoublesColumn ofWidth(double[] values, int width, int rows) {
    int[] offsets = new int[rows + 1];
    for (int i = 0; i <= rows; i++) {
      offsets[i] = i * width;
    }
    return of(values, offsets, null);
  }

  public double[] get(int row) {
    return Arrays.copyOfRange(values, offsets[row], offsets[row + 1]);
  }

  /** All rows' values; only to be read. */
  public double[] values() {
    return values;
  }

  public int offset(int row) {
    return offsets[row];
  }

  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : get(row);
  }

  @Override
  public DoublesColumn take(int[] rows) {
    int[] taken = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      taken[i + 1] = taken[i] + length(rows[i]);
    }
    double[] copied = new double[taken[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, offsets[rows[i]], copied, taken[i], taken[i + 1] - taken[i]);
    }
    return new DoublesColumn(copied, taken, takeNulls(rows));
  }

  static DoublesColumn join(List<Column> parts) {
    int[] offsets = new int[totalSize(parts) + 1];
    int row = 0;
    for (Column part : parts) {
      for (int i = 0; i < part.size(); i++, row++) {
        offsets[row + 1] = offsets[row] + ((DoublesColumn) part).length(i);
      }
    }
    double[] values = new double[offsets[row]];
    int at = 0;
    for (Column column : parts) {
      DoublesColumn part = (DoublesColumn) column;
      int length = part.offsets[part.size()] - part.offsets[0];
      System.arraycopy(part.values, part.offsets[0], values, at, length);
      at += length;
    }
    return new DoublesColumn(values, offsets, Nulls.join(parts));
  }
}
