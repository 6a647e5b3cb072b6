package io.github.beamml.engine.row;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Byte strings, one after the other in one array. */
public final class BytesColumn extends Column {
  private final Slices<byte[]> slices;

  private BytesColumn(Slices<byte[]> slices, long @Nullable [] nulls) {
    super(ValueType.BYTES, slices.rows(), nulls);
    this.slices = slices;
  }

  /**
   * @param offsets where each row's bytes start, and behind the last row where it ends
   */
  public static BytesColumn of(byte[] bytes, int[] offsets, long @Nullable [] nulls) {
    return new BytesColumn(new Slices<>(bytes, offsets), nulls);
  }

  /** Rows of equal width, such as keys of 32 bytes. */
  public static BytesColumn ofWidth(byte[] bytes, int width) {
    return of(bytes, Slices.offsetsOfWidth(width, bytes.length / width), null);
  }

  public byte[] get(int row) {
    return Arrays.copyOfRange(bytes(), offset(row), offset(row + 1));
  }

  /** All rows' bytes; only to be read. */
  public byte[] bytes() {
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
  public BytesColumn take(int[] rows) {
    return new BytesColumn(slices.take(rows, byte[]::new), takeNulls(rows));
  }

  static BytesColumn join(List<Column> parts) {
    List<Slices<byte[]>> slices = parts.stream().map(part -> ((BytesColumn) part).slices).toList();
    return new BytesColumn(Slices.join(slices, byte[]::new), Nulls.join(parts));
  }
}
