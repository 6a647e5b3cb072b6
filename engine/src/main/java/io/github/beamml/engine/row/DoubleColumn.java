package io.github.beamml.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Doubles in canonical form: no -0.0, one NaN. A NaN is a value, not a null. */
public final class DoubleColumn extends Column {
  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private final double[] values;

  private DoubleColumn(double[] values, long @Nullable [] nulls) {
    super(ValueType.DOUBLE, values.length, nulls);
    this.values = values;
  }

  /** Takes the array over and makes its values canonical in place. */
  public static DoubleColumn of(double[] values, long @Nullable [] nulls) {
    canonicalize(values);
    return new DoubleColumn(values, nulls);
  }

  public double get(int row) {
    return values[row];
  }

  /** One value a row; only to be read. */
  public double[] values() {
    return values;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : (Object) values[row];
  }

  @Override
  public DoubleColumn take(int[] rows) {
    double[] taken = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return new DoubleColumn(taken, takeNulls(rows));
  }

  /** -0.0 becomes +0.0 and every NaN the canonical one. */
  public static double canonical(double value) {
    return Double.isNaN(value) ? Double.NaN : value + 0.0;
  }

  static void canonicalize(double[] values) {
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (Double.isNaN(value) || Double.doubleToRawLongBits(value) == NEGATIVE_ZERO) {
        values[i] = canonical(value);
      }
    }
  }

  static DoubleColumn join(List<Column> parts) {
    double[] joined = new double[totalSize(parts)];
    int at = 0;
    for (Column part : parts) {
      System.arraycopy(((DoubleColumn) part).values, 0, joined, at, part.size());
      at += part.size();
    }
    return new DoubleColumn(joined, Nulls.join(parts));
  }
}
