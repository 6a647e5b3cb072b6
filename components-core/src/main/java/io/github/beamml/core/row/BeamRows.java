package io.github.beamml.core.row;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.logicaltypes.MicrosInstant;
import org.apache.beam.sdk.values.Row;
import org.checkerframework.checker.nullness.qual.NonNull;
import org.jspecify.annotations.Nullable;

/**
 * Beam rows to batches and back.
 *
 * <p>Accepted: BOOLEAN, BYTE to INT64 (as int64), FLOAT and DOUBLE, STRING, BYTES, DATETIME and
 * {@code micros_instant} (as timestamp), arrays of DOUBLE. Sent: BOOLEAN, INT64, DOUBLE, STRING,
 * BYTES, {@code micros_instant}, arrays of DOUBLE.
 */
public final class BeamRows {
  private static final long MICROS = 1_000_000;

  private BeamRows() {}

  /**
   * @throws InvalidInputException if a field has a type that the engine does not know
   */
  public static RowSchema toRowSchema(Schema schema) {
    List<Field> fields = new ArrayList<>(schema.getFieldCount());
    for (Schema.Field field : schema.getFields()) {
      Schema.FieldType type = field.getType();
      fields.add(
          new Field(field.getName(), valueType(field), Boolean.TRUE.equals(type.getNullable())));
    }
    return RowSchema.of(fields);
  }

  public static Schema toBeamSchema(RowSchema schema) {
    Schema.Builder builder = Schema.builder();
    for (Field field : schema.fields()) {
      Schema.FieldType type = fieldType(field.type()).withNullable(field.nullable());
      builder.addField(field.name(), type);
    }
    return builder.build();
  }

  private static Schema.FieldType fieldType(ValueType type) {
    return switch (type) {
      case BOOLEAN -> Schema.FieldType.BOOLEAN;
      case INT64 -> Schema.FieldType.INT64;
      case DOUBLE -> Schema.FieldType.DOUBLE;
      case STRING -> Schema.FieldType.STRING;
      case BYTES -> Schema.FieldType.BYTES;
      case TIMESTAMP -> Schema.FieldType.logicalType(new MicrosInstant());
      case DOUBLES -> Schema.FieldType.array(Schema.FieldType.DOUBLE);
    };
  }

  private static ValueType valueType(Schema.Field field) {
    Schema.FieldType type = field.getType();
    return switch (type.getTypeName()) {
      case BOOLEAN -> ValueType.BOOLEAN;
      case BYTE, INT16, INT32, INT64 -> ValueType.INT64;
      case FLOAT, DOUBLE -> ValueType.DOUBLE;
      case STRING -> ValueType.STRING;
      case BYTES -> ValueType.BYTES;
      case DATETIME -> ValueType.TIMESTAMP;
      case LOGICAL_TYPE -> {
        Schema.LogicalType<?, ?> logical = type.getLogicalType();
        if (logical != null && MicrosInstant.IDENTIFIER.equals(logical.getIdentifier())) {
          yield ValueType.TIMESTAMP;
        }
        throw unknownType(field);
      }
      case ARRAY, ITERABLE -> {
        Schema.FieldType element = type.getCollectionElementType();
        if (element != null && element.getTypeName() == Schema.TypeName.DOUBLE) {
          yield ValueType.DOUBLES;
        }
        throw unknownType(field);
      }
      default -> throw unknownType(field);
    };
  }

  private static InvalidInputException unknownType(Schema.Field field) {
    return InvalidInputException.of(
        "column " + field.getName(),
        field.getType().getTypeName(),
        "boolean, int64, double, string, bytes, timestamp or an array of double");
  }

  /**
   * Adds a row to a batch under construction.
   *
   * @throws InvalidInputException if a value does not fit; the row is dropped
   */
  public static void append(RowBatchBuilder builder, Row row) {
    try {
      for (int i = 0; i < row.getFieldCount(); i++) {
        builder.set(i, toValue(row.getValue(i)));
      }
    } catch (InvalidInputException e) {
      builder.dropRow();
      throw e;
    }
    builder.endRow();
  }

  private static @Nullable Object toValue(@Nullable Object value) {
    if (value instanceof Byte narrow) {
      return narrow.longValue();
    }
    if (value instanceof org.joda.time.ReadableInstant instant) {
      return Math.multiplyExact(instant.getMillis(), MICROS / 1000);
    }
    if (value instanceof Instant instant) {
      return toMicros(instant);
    }
    if (value instanceof Iterable<?> array) {
      return toDoubles(array);
    }
    if (value instanceof BigDecimal) {
      throw InvalidInputException.of("value", "decimal", "a type of the engine");
    }
    return value;
  }

  private static double[] toDoubles(Iterable<?> array) {
    List<Double> values = new ArrayList<>();
    for (Object value : array) {
      values.add((Double) value);
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * @throws InvalidInputException if the instant is finer than a microsecond
   */
  private static long toMicros(Instant instant) {
    if (instant.getNano() % 1000 != 0) {
      throw InvalidInputException.of("timestamp", instant, "of whole microseconds");
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }

  /** One row of a batch as a Beam row of {@code schema}, which is the batch's own. */
  public static Row toRow(Schema schema, RowBatch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>(schema.getFieldCount());
    for (int i = 0; i < schema.getFieldCount(); i++) {
      values.add(fromValue(batch.column(i), row));
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static @Nullable Object fromValue(Column column, int row) {
    @Nullable Object value = column.value(row);
    if (value == null) {
      return null;
    }
    if (column.type() == ValueType.TIMESTAMP) {
      long micros = (Long) value;
      return Instant.ofEpochSecond(
          Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
    }
    if (value instanceof double[] array) {
      List<@NonNull Double> list = new ArrayList<>(array.length);
      for (double element : array) {
        list.add(element);
      }
      return list;
    }
    return value;
  }
}
