package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills a batch row by row: set the values of a row by position, then {@link #endRow}. A value that
 * was not set is null. For readers and single rows; kernels build columns from arrays.
 */
public final class RowBatchBuilder {
  private final RowSchema schema;
  private final ColumnBuilder[] columns;
  private int rows;

  RowBatchBuilder(RowSchema schema) {
    this.schema = schema;
    this.columns =
        schema.fields().stream().map(RowBatchBuilder::columnBuilder).toArray(ColumnBuilder[]::new);
  }

  /** Complete rows so far. */
  public int size() {
    return rows;
  }

  public RowSchema schema() {
    return schema;
  }

  /** Sets an integer, an instant in microseconds, or a boolean as 0 or 1. */
  public RowBatchBuilder setLong(int position, long value) {
    ((Longs) columns[position]).set(rows, value);
    return this;
  }

  public RowBatchBuilder setDouble(int position, double value) {
    ((Doubles) columns[position]).set(rows, value);
    return this;
  }

  /**
   * @throws InvalidInputException if the text has a lone surrogate
   */
  public RowBatchBuilder setString(int position, String value) {
    if (!Utf8.isWellFormed(value)) {
      throw InvalidInputException.because(
          schema.field(position).name(), "a lone surrogate (must be well-formed Unicode)");
    }
    ((Strings) columns[position]).set(rows, value);
    return this;
  }

  public RowBatchBuilder setBytes(int position, byte[] value) {
    ((Bytes) columns[position]).set(rows, value);
    return this;
  }

  public RowBatchBuilder setDoubles(int position, double[] value) {
    ((DoubleArrays) columns[position]).set(rows, value);
    return this;
  }

  /**
   * Sets a value of the class that {@link Column#value} gives, or null; integers widen to doubles
   * where they are exact, and a timestamp may be an {@link Instant}, cut to microseconds.
   *
   * @throws InvalidInputException if the value is of another class
   */
  public RowBatchBuilder set(int position, @Nullable Object value) {
    Field field = schema.field(position);
    if (value == null) {
      return this;
    }
    switch (field.type()) {
      case BOOLEAN -> setLong(position, expect(field, value, Boolean.class) ? 1 : 0);
      case INT64 -> setLong(position, integer(field, value));
      case TIMESTAMP -> setLong(position, micros(field, value));
      case DOUBLE -> setDouble(position, real(field, value));
      case STRING -> setString(position, expect(field, value, String.class));
      case BYTES -> setBytes(position, expect(field, value, byte[].class));
      case DOUBLES -> setDoubles(position, expect(field, value, double[].class));
    }
    return this;
  }

  /** Adds a whole row of values in the order of the schema, as {@link #set} takes them. */
  public RowBatchBuilder addRow(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      set(i, values[i]);
    }
    return endRow();
  }

  /**
   * Ends the row.
   *
   * @throws InvalidInputException if a value that may not be null was not set; the row is dropped
   */
  public RowBatchBuilder endRow() {
    for (int i = 0; i < columns.length; i++) {
      if (!columns[i].isSet(rows) && !schema.field(i).nullable()) {
        dropRow();
        throw InvalidInputException.of(schema.field(i).name(), "null", "present");
      }
    }
    for (ColumnBuilder column : columns) {
      column.endRow(rows);
    }
    rows++;
    return this;
  }

  /** Forgets the values set since the last {@link #endRow}. */
  public void dropRow() {
    for (ColumnBuilder column : columns) {
      column.dropRow(rows);
    }
  }

  /** The rows so far as a batch; the builder is empty again. */
  public RowBatch build() {
    List<Column> built = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      built.add(columns[i].build(rows));
      columns[i] = columnBuilder(schema.field(i));
    }
    RowBatch batch = RowBatch.of(schema, built, rows);
    rows = 0;
    return batch;
  }

  private static <T> T expect(Field field, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw wrongType(field, value);
    }
    return type.cast(value);
  }

  private static long integer(Field field, Object value) {
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    throw wrongType(field, value);
  }

  private static long micros(Field field, Object value) {
    return value instanceof Instant instant
        ? Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000)
        : integer(field, value);
  }

  private static double real(Field field, Object value) {
    if (value instanceof Double || value instanceof Float || value instanceof Integer) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Long whole && (long) (double) whole == whole) {
      return whole;
    }
    throw wrongType(field, value);
  }

  private static InvalidInputException wrongType(Field field, Object value) {
    return InvalidInputException.of(
        field.name(), value.getClass().getSimpleName(), field.typeLabel());
  }

  private static ColumnBuilder columnBuilder(Field field) {
    return switch (field.type()) {
      case BOOLEAN, INT64, TIMESTAMP -> new Longs(field.type());
      case DOUBLE -> new Doubles();
      case STRING -> new Strings();
      case BYTES -> new Bytes();
      case DOUBLES -> new DoubleArrays();
    };
  }

  private abstract static class ColumnBuilder {
    private static final int INITIAL_ROWS = 16;

    /** The row whose value was set last; values arrive row by row. */
    private int lastSet = -1;

    private long[] nulls = Nulls.none(INITIAL_ROWS);
    private int capacity = INITIAL_ROWS;

    abstract void grow(int rows);

    abstract Column build(int rows, long[] nulls);

    /** Called for every row, set or not; columns of variable width note where the row ends. */
    void close(int row) {}

    void open(int row) {
      if (row >= capacity) {
        capacity = Math.max(row + 1, capacity * 2);
        nulls = Arrays.copyOf(nulls, (capacity + 63) >> 6);
        grow(capacity);
      }
    }

    final void mark(int row) {
      open(row);
      lastSet = row;
    }

    final boolean isSet(int row) {
      return lastSet == row;
    }

    final void endRow(int row) {
      open(row);
      if (lastSet != row) {
        Nulls.set(nulls, row);
      }
      close(row);
    }

    void dropRow(int row) {
      if (lastSet == row) {
        lastSet = row - 1;
      }
    }

    final Column build(int rows) {
      return build(rows, Arrays.copyOf(nulls, (rows + 63) >> 6));
    }
  }

  private static final class Longs extends ColumnBuilder {
    private final ValueType type;
    private long[] values = new long[16];

    Longs(ValueType type) {
      this.type = type;
    }

    void set(int row, long value) {
      mark(row);
      values[row] = value;
    }

    @Override
    void grow(int rows) {
      values = Arrays.copyOf(values, rows);
    }

    @Override
    Column build(int rows, long[] nulls) {
      return LongColumn.of(type, Arrays.copyOf(values, rows), nulls);
    }
  }

  private static final class Doubles extends ColumnBuilder {
    private double[] values = new double[16];

    void set(int row, double value) {
      mark(row);
      values[row] = value;
    }

    @Override
    void grow(int rows) {
      values = Arrays.copyOf(values, rows);
    }

    @Override
    Column build(int rows, long[] nulls) {
      return DoubleColumn.of(Arrays.copyOf(values, rows), nulls);
    }
  }

  private static final class Strings extends ColumnBuilder {
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private int[] codes = new int[16];

    void set(int row, String value) {
      mark(row);
      Integer code = positions.get(value);
      if (code == null) {
        code = dictionary.size();
        positions.put(value, code);
        dictionary.add(value);
      }
      codes[row] = code;
    }

    @Override
    void grow(int rows) {
      codes = Arrays.copyOf(codes, rows);
    }

    @Override
    Column build(int rows, long[] nulls) {
      return StringColumn.of(dictionary.toArray(String[]::new), Arrays.copyOf(codes, rows), nulls);
    }
  }

  private static final class Bytes extends ColumnBuilder {
    private byte[] bytes = new byte[64];
    private int[] ends = new int[17];
    private int length;

    void set(int row, byte[] value) {
      mark(row);
      length = ends[row];
      if (length + value.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + value.length, bytes.length * 2));
      }
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
    }

    @Override
    void close(int row) {
      ends[row + 1] = isSet(row) ? length : ends[row];
    }

    @Override
    void grow(int rows) {
      ends = Arrays.copyOf(ends, rows + 1);
    }

    @Override
    Column build(int rows, long[] nulls) {
      return BytesColumn.of(Arrays.copyOf(bytes, ends[rows]), Arrays.copyOf(ends, rows + 1), nulls);
    }
  }

  private static final class DoubleArrays extends ColumnBuilder {
    private double[] values = new double[16];
    private int[] ends = new int[17];
    private int length;

    void set(int row, double[] value) {
      mark(row);
      length = ends[row];
      if (length + value.length > values.length) {
        values = Arrays.copyOf(values, Math.max(length + value.length, values.length * 2));
      }
      System.arraycopy(value, 0, values, length, value.length);
      length += value.length;
    }

    @Override
    void close(int row) {
      ends[row + 1] = isSet(row) ? length : ends[row];
    }

    @Override
    void grow(int rows) {
      ends = Arrays.copyOf(ends, rows + 1);
    }

    @Override
    Column build(int rows, long[] nulls) {
      return DoublesColumn.of(
          Arrays.copyOf(values, ends[rows]), Arrays.copyOf(ends, rows + 1), nulls);
    }
  }
}
