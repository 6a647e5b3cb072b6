package io.github.beamml.engine.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of doubles in canonical form, one after the other in one array. */
public final class DoublesColumn extends Column {
  private final Slices<double[]> slices;

  private DoublesColumn(Slices<double[]> slices, long @Nullable [] nulls) {
    super(ValueType.DOUBLES, slices.rows(), nulls);
    this.slices = slices;
  }

  /**
   * Takes the arrays over and makes the values canonical in place.
   *
   * @param offsets where each row's values start, and behind the last row where it ends
   */
  public static DoublesColumn of(double[] values, int[] offsets, long @Nullable [] nulls) {
    DoubleColumn.canonicalize(values);
    return new DoublesColumn(new Slices<>(values, offsets), nulls);
  }

  /** Rows of equal width without nulls. */
  public static DoublesColumn ofWidth(double[] values, int width, int rows) {
    return of(values, Slices.offsetsOfWidth(width, rows), null);
  }

  public double[] get(int row) {
    return Arrays.copyOfRange(values(), offset(row), offset(row + 1));
  }

  /** All rows' values; only to be read. */
  public double[] values() {
    return slices.values();
  }

  public int offset(int row) {
    return slices.offset(row);
  }

  public int length(int row) {
    return slices.length(row);
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : get(row);
  }

  @Override
  public DoublesColumn take(int[] rows) {
    return new DoublesColumn(slices.take(rows, double[]::new), takeNulls(rows));
  }

  static DoublesColumn join(List<Column> parts) {
    List<Slices<double[]>> slices =
        parts.stream().map(part -> ((DoublesColumn) part).slices).toList();
    return new DoublesColumn(Slices.join(slices, double[]::new), Nulls.join(parts));
  }
}
