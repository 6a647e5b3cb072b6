package io.github.beamml.io.avro;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.RecordValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.checkerframework.checker.nullness.qual.NonNull;
import org.jspecify.annotations.Nullable;

/** Avro's generic values to the values of rows and back. */
final class AvroValues {
  private static final long MICROS_PER_MILLI = 1000;

  private AvroValues() {}

  /** Whether a column's timestamps are milliseconds. */
  static boolean isMillis(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(AvroValues::isMillis)
        : schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  static void set(
      RowBatchBuilder builder, int position, Field field, @Nullable Object value, boolean isMillis)
      throws RecordReject {
    if (value == null) {
      if (!field.nullable()) {
        throw RecordValues.missing(field);
      }
      return;
    }
    switch (field.type()) {
      case BOOLEAN -> builder.setLong(position, (Boolean) value ? 1 : 0);
      case INT64 -> builder.setLong(position, ((Number) value).longValue());
      case TIMESTAMP -> builder.setLong(position, micros(field, (Long) value, isMillis));
      case DOUBLE -> builder.setDouble(position, ((Number) value).doubleValue());
      case STRING -> builder.setString(position, RecordValues.text(value.toString(), field));
      case BYTES -> builder.setBytes(position, bytes(value));
      case DOUBLES ->
          builder.setDoubles(
              position,
              ((Collection<?>) value)
                  .stream().mapToDouble(element -> ((Number) element).doubleValue()).toArray());
    }
  }

  private static long micros(Field field, long value, boolean isMillis) throws RecordReject {
    if (!isMillis) {
      return value;
    }
    if (Math.multiplyHigh(value, MICROS_PER_MILLI) != value * MICROS_PER_MILLI >> 63) {
      throw RecordValues.outOfRange(field);
    }
    return value * MICROS_PER_MILLI;
  }

  private static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  static @Nullable Object toAvro(Column column, int row) {
    Object value = column.value(row);
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (column.type() == ValueType.DOUBLES && value instanceof double[] array) {
      List<@NonNull Double> list = new ArrayList<>(array.length);
      for (double element : array) {
        list.add(element);
      }
      return list;
    }
    return value;
  }
}
