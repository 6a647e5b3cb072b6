package io.github.beamml.engine.row;

import io.github.beamml.engine.CannotException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a batch whose schema both sides know: a version, the row count, then each column as
 * type, null bits and values. Numbers are big-endian. The version stands first because a batch in a
 * stream's checkpoint is read again by a later library.
 */
public final class RowBatchCodec {
  private static final int VERSION = 1;

  private final RowSchema schema;

  public RowBatchCodec(RowSchema schema) {
    this.schema = schema;
  }

  public void encode(RowBatch batch, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeByte(VERSION);
    out.writeInt(batch.size());
    for (int i = 0; i < schema.size(); i++) {
      Column column = batch.column(i);
      out.writeByte(column.type().ordinal());
      long[] nulls = column.nulls();
      out.writeByte(nulls == null ? 0 : 1);
      if (nulls != null) {
        writeLongs(out, nulls, nulls.length);
      }
      writeValues(out, column);
    }
    out.flush();
  }

  /**
   * @throws CannotException if the bytes are of another version, another schema or cut off
   */
  public RowBatch decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    try {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw broken("version " + version + ", this library reads " + VERSION);
      }
      int rows = count(in);
      List<Column> columns = new ArrayList<>(schema.size());
      for (Field field : schema.fields()) {
        int type = in.readUnsignedByte();
        if (type != field.type().ordinal()) {
          throw broken("type " + type + " where " + field.name() + " is " + field.typeLabel());
        }
        long[] nulls = in.readUnsignedByte() == 0 ? null : readLongs(in, (rows + 63) >> 6);
        columns.add(readColumn(in, field.type(), rows, nulls));
      }
      return RowBatch.of(schema, columns, rows);
    } catch (EOFException e) {
      throw CannotException.to("read row batch", "the bytes are cut off", e);
    }
  }

  private static void writeValues(DataOutputStream out, Column column) throws IOException {
    int rows = column.size();
    if (column instanceof LongColumn longs) {
      writeLongs(out, longs.values(), rows);
    } else if (column instanceof DoubleColumn doubles) {
      writeDoubles(out, doubles.values(), 0, rows);
    } else if (column instanceof StringColumn strings) {
      writeStrings(out, strings);
    } else if (column instanceof BytesColumn bytes) {
      writeLengths(out, rows, bytes::length);
      out.write(bytes.bytes(), bytes.offset(0), bytes.offset(rows) - bytes.offset(0));
    } else if (column instanceof DoublesColumn doubles) {
      writeLengths(out, rows, doubles::length);
      writeDoubles(out, doubles.values(), doubles.offset(0), doubles.offset(rows));
    }
  }

  private static Column readColumn(
      DataInputStream in, ValueType type, int rows, long @Nullable [] nulls) throws IOException {
    return switch (type) {
      case BOOLEAN, INT64, TIMESTAMP -> LongColumn.of(type, readLongs(in, rows), nulls);
      case DOUBLE -> DoubleColumn.of(readDoubles(in, rows), nulls);
      case STRING -> readStrings(in, rows, nulls);
      case BYTES -> {
        int[] offsets = readOffsets(in, rows);
        yield BytesColumn.of(readBytes(in, offsets[rows]), offsets, nulls);
      }
      case DOUBLES -> {
        int[] offsets = readOffsets(in, rows);
        yield DoublesColumn.of(readDoubles(in, offsets[rows]), offsets, nulls);
      }
    };
  }

  /** Only the dictionary entries that the rows use, numbered as they are first met. */
  private static void writeStrings(DataOutputStream out, StringColumn strings) throws IOException {
    int[] renumbered = new int[strings.dictionary().length];
    List<String> used = new ArrayList<>();
    int[] codes = new int[strings.size()];
    for (int row = 0; row < codes.length; row++) {
      if (!strings.isNull(row)) {
        int code = strings.codes()[row];
        if (renumbered[code] == 0) {
          used.add(strings.dictionary()[code]);
          renumbered[code] = used.size();
        }
        codes[row] = renumbered[code] - 1;
      }
    }
    out.writeInt(used.size());
    for (String entry : used) {
      byte[] text = Utf8.bytes(entry);
      out.writeInt(text.length);
      out.write(text);
    }
    ByteBuffer buffer = ByteBuffer.allocate(codes.length * Integer.BYTES);
    buffer.asIntBuffer().put(codes);
    out.write(buffer.array());
  }

  private static StringColumn readStrings(DataInputStream in, int rows, long @Nullable [] nulls)
      throws IOException {
    String[] dictionary = new String[count(in)];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = new String(readBytes(in, count(in)), StandardCharsets.UTF_8);
    }
    int[] codes = new int[rows];
    ByteBuffer.wrap(readBytes(in, Math.multiplyExact(rows, Integer.BYTES)))
        .asIntBuffer()
        .get(codes);
    for (int row = 0; row < rows; row++) {
      if (!Nulls.isNull(nulls, row) && (codes[row] < 0 || codes[row] >= dictionary.length)) {
        throw broken("code " + codes[row] + " of " + dictionary.length + " dictionary entries");
      }
    }
    return StringColumn.of(dictionary, codes, nulls);
  }

  private interface Lengths {
    int of(int row);
  }

  private static void writeLengths(DataOutputStream out, int rows, Lengths lengths)
      throws IOException {
    for (int row = 0; row < rows; row++) {
      out.writeInt(lengths.of(row));
    }
  }

  private static int[] readOffsets(DataInputStream in, int rows) throws IOException {
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = Math.addExact(offsets[row], count(in));
    }
    return offsets;
  }

  private static void writeLongs(DataOutputStream out, long[] values, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count * Long.BYTES);
    buffer.asLongBuffer().put(values, 0, count);
    out.write(buffer.array());
  }

  private static long[] readLongs(DataInputStream in, int count) throws IOException {
    long[] values = new long[count];
    ByteBuffer.wrap(readBytes(in, Math.multiplyExact(count, Long.BYTES)))
        .asLongBuffer()
        .get(values);
    return values;
  }

  private static void writeDoubles(DataOutputStream out, double[] values, int from, int to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((to - from) * Double.BYTES);
    buffer.asDoubleBuffer().put(values, from, to - from);
    out.write(buffer.array());
  }

  private static double[] readDoubles(DataInputStream in, int count) throws IOException {
    double[] values = new double[count];
    ByteBuffer.wrap(readBytes(in, Math.multiplyExact(count, Double.BYTES)))
        .asDoubleBuffer()
        .get(values);
    return values;
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw broken("a count of " + count);
    }
    return count;
  }

  private static byte[] readBytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static CannotException broken(String reason) {
    return CannotException.to("read row batch", reason);
  }
}
