package io.github.beamml.engine.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Byte strings, one after the other in one array. */
public final class BytesColumn extends Column {
  private final byte[] bytes;
  private final int[] offsets;

  private BytesColumn(byte[] bytes, int[] offsets, long @Nullable [] nulls) {
    super(ValueType.BYTES, offsets.length - 1, nulls);
    this.bytes = bytes;
    this.offsets = offsets;
  }

  /**
   * @param offsets where each row's bytes start, and behind the last row where it ends
   */
  public static BytesColumn of(byte[] bytes, int[] offsets, long @Nullable [] nulls) {
    return new BytesColumn(bytes, offsets, nulls);
  }

  /** Rows of equal width, such as keys of 32 bytes. */
  public static BytesColumn ofWidth(byte[] bytes, int width) {
    int[] offsets = new int[bytes.length / width + 1];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = i * width;
    }
    return new BytesColumn(bytes, offsets, null);
  }

  public byte[] get(int row) {
    return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
  }

  /** All rows' bytes; only to be read. */
  public byte[] bytes() {
    return bytes;
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
  public BytesColumn take(int[] rows) {
    int[] taken = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      taken[i + 1] = taken[i] + length(rows[i]);
    }
    byte[] copied = new byte[taken[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(bytes, offsets[rows[i]], copied, taken[i], taken[i + 1] - taken[i]);
    }
    return new BytesColumn(copied, taken, takeNulls(rows));
  }

  static BytesColumn join(List<Column> parts) {
    int[] offsets = new int[totalSize(parts) + 1];
    int row = 0;
    for (Column part : parts) {
      for (int i = 0; i < part.size(); i++, row++) {
        offsets[row + 1] = offsets[row] + ((BytesColumn) part).length(i);
      }
    }
    byte[] bytes = new byte[offsets[row]];
    int at = 0;
    for (Column column : parts) {
      BytesColumn part = (BytesColumn) column;
      int length = part.offsets[part.size()] - part.offsets[0];
      System.arraycopy(part.bytes, part.offsets[0], bytes, at, length);
      at += length;
    }
    return new BytesColumn(bytes, offsets, Nulls.join(parts));
  }
}
