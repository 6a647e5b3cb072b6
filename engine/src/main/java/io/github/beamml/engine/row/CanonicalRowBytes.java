package io.github.beamml.engine.row;

import java.util.Arrays;

/**
 * The bytes of a row that hashes are made of: for each field a tag (0 for null, else 1 + the type's
 * ordinal), then integers, instants and the bits of doubles as 8 bytes big-endian, booleans as one
 * byte, text (UTF-8), bytes and arrays with their length in 4 bytes before them.
 */
final class CanonicalRowBytes {
  private final int[] positions;
  private final byte[][][] texts;
  private byte[] buffer = new byte[256];
  private int length;
  private final RowBatch batch;

  /**
   * @param positions the fields that take part, in the order of their bytes
   */
  CanonicalRowBytes(RowBatch batch, int[] positions) {
    this.positions = positions;
    this.batch = batch;
    this.texts = new byte[positions.length][][];
    for (int i = 0; i < positions.length; i++) {
      if (batch.column(positions[i]) instanceof StringColumn strings) {
        texts[i] = new byte[strings.dictionary().length][];
      }
    }
  }

  /** Encodes the row; the bytes are in {@link #buffer} up to {@link #length}. */
  void encode(int row) {
    length = 0;
    for (int i = 0; i < positions.length; i++) {
      Column column = batch.column(positions[i]);
      if (column.isNull(row)) {
        put(0);
      } else {
        put(1 + column.type().ordinal());
        putValue(column, row, i);
      }
    }
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  private void putValue(Column column, int row, int field) {
    if (column instanceof LongColumn longs) {
      if (column.type() == ValueType.BOOLEAN) {
        put((int) longs.get(row));
      } else {
        putLong(longs.get(row));
      }
    } else if (column instanceof DoubleColumn doubles) {
      putLong(Double.doubleToRawLongBits(doubles.get(row)));
    } else if (column instanceof StringColumn strings) {
      byte[] text = text(strings, strings.codes()[row], field);
      putInt(text.length);
      putBytes(text, 0, text.length);
    } else if (column instanceof BytesColumn bytes) {
      putInt(bytes.length(row));
      putBytes(bytes.bytes(), bytes.offset(row), bytes.length(row));
    } else if (column instanceof DoublesColumn doubles) {
      putInt(doubles.length(row));
      for (int i = 0; i < doubles.length(row); i++) {
        putLong(Double.doubleToRawLongBits(doubles.values()[doubles.offset(row) + i]));
      }
    }
  }

  private byte[] text(StringColumn strings, int code, int field) {
    byte[] text = texts[field][code];
    if (text == null) {
      text = Utf8.bytes(strings.dictionary()[code]);
      texts[field][code] = text;
    }
    return text;
  }

  private void put(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    ensure(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  private void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  private void putBytes(byte[] bytes, int offset, int count) {
    ensure(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
    }
  }
}
