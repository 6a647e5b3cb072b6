package io.github.beamml.io.avro;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The types of Avro and of rows. Read: boolean, int and long, float and double, string and enum,
 * bytes and fixed, {@code timestamp-millis} and {@code timestamp-micros}, arrays of float or
 * double, and each of them in a union with null. Written: boolean, long, double, string, bytes,
 * {@code timestamp-micros}, arrays of double.
 */
final class AvroTypes {
  private AvroTypes() {}

  /**
   * @param file for messages
   * @throws CannotException if the file holds no records, or a column of another type
   */
  static RowSchema toRowSchema(String file, Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw CannotException.to("read " + file, "it holds " + schema.getType() + ", not records");
    }
    List<Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      fields.add(toField(file, field));
    }
    return RowSchema.of(fields);
  }

  static Field toField(String file, Schema.Field field) {
    Schema schema = field.schema();
    boolean nullable = schema.isNullable();
    Schema valueSchema = schema;
    if (schema.isUnion()) {
      List<Schema> others =
          schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
      if (others.size() != 1) {
        throw unknownType(file, field);
      }
      valueSchema = others.get(0);
    }
    return new Field(field.name(), toValueType(file, field, valueSchema), nullable);
  }

  private static ValueType toValueType(String file, Schema.Field field, Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros) {
      return ValueType.TIMESTAMP;
    }
    boolean isPlain = logical == null || logical.getName().equals("uuid");
    if (!isPlain) {
      throw unknownType(file, field);
    }
    return switch (schema.getType()) {
      case BOOLEAN -> ValueType.BOOLEAN;
      case INT, LONG -> ValueType.INT64;
      case FLOAT, DOUBLE -> ValueType.DOUBLE;
      case STRING, ENUM -> ValueType.STRING;
      case BYTES, FIXED -> ValueType.BYTES;
      case ARRAY -> {
        Schema.Type element = schema.getElementType().getType();
        if (element != Schema.Type.DOUBLE && element != Schema.Type.FLOAT) {
          throw unknownType(file, field);
        }
        yield ValueType.DOUBLES;
      }
      default -> throw unknownType(file, field);
    };
  }

  private static CannotException unknownType(String file, Schema.Field field) {
    return CannotException.to(
        "read " + file,
        "column " + field.name() + " has a type that rows have not: " + field.schema());
  }

  /**
   * @throws InvalidInputException if a column's name is not one that Avro allows
   */
  static Schema toAvro(RowSchema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Field field : schema.dataFields()) {
      Schema type = toAvro(field.type());
      Schema orNull =
          field.nullable() ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
      try {
        fields.add(new Schema.Field(field.name(), orNull));
      } catch (SchemaParseException e) {
        throw InvalidInputException.of(
            "column", field.name(), "a name of letters, digits and _ in Avro");
      }
    }
    return Schema.createRecord("Row", "", "io.github.beamml", false, fields);
  }

  private static Schema toAvro(ValueType type) {
    return switch (type) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INT64 -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      case DOUBLES -> Schema.createArray(Schema.create(Schema.Type.DOUBLE));
    };
  }
}
