package io.github.beamml.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bit sets of null rows: one bit a row, or no array at all where nothing is null. */
public final class Nulls {
  private Nulls() {}

  public static boolean isNull(long @Nullable [] nulls, int row) {
    return nulls != null && (nulls[row >> 6] >>> row & 1) != 0;
  }

  /** An empty set for so many rows. */
  public static long[] none(int rows) {
    return new long[(rows + 63) >> 6];
  }

  public static void set(long[] nulls, int row) {
    nulls[row >> 6] |= 1L << row;
  }

  public static int count(long @Nullable [] nulls) {
    int count = 0;
    if (nulls != null) {
      for (long word : nulls) {
        count += Long.bitCount(word);
      }
    }
    return count;
  }

  /** The rows that are null in either. */
  public static long @Nullable [] either(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    long[] union = a.clone();
    for (int i = 0; i < union.length; i++) {
      union[i] |= b[i];
    }
    return union;
  }

  static long @Nullable [] orNone(long @Nullable [] nulls, int rows) {
    if (nulls == null || count(nulls) == 0) {
      return null;
    }
    if (nulls.length != (rows + 63) >> 6) {
      throw new IllegalArgumentException(nulls.length + " words of nulls for " + rows + " rows");
    }
    return nulls;
  }

  static long @Nullable [] take(long @Nullable [] nulls, int[] rows) {
    if (nulls == null) {
      return null;
    }
    long[] taken = none(rows.length);
    for (int i = 0; i < rows.length; i++) {
      if (isNull(nulls, rows[i])) {
        set(taken, i);
      }
    }
    return taken;
  }

  static long @Nullable [] join(List<Column> parts) {
    if (parts.stream().noneMatch(Column::hasNulls)) {
      return null;
    }
    long[] joined = none(Column.totalSize(parts));
    int at = 0;
    for (Column part : parts) {
      for (int row = 0; row < part.size(); row++, at++) {
        if (part.isNull(row)) {
          set(joined, at);
        }
      }
    }
    return joined;
  }
}
