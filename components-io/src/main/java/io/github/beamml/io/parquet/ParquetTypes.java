package io.github.beamml.io.parquet;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Parquet's types and the engine's.
 *
 * <p>Read: BOOLEAN; INT32 and INT64 as int64; FLOAT and DOUBLE as double; BYTE_ARRAY as string
 * (annotated as string, enum or JSON) or bytes; INT64 timestamps as timestamp, those in nanoseconds
 * if they are whole microseconds; dates as their midnight in UTC; lists of doubles. Anything else
 * is refused by name.
 */
final class ParquetTypes {
  private ParquetTypes() {}

  static RowSchema toRowSchema(String file, MessageType message) {
    List<Field> fields = new ArrayList<>();
    for (Type type : message.getFields()) {
      boolean nullable = type.isRepetition(Type.Repetition.OPTIONAL);
      fields.add(new Field(type.getName(), valueType(file, type), nullable));
    }
    return RowSchema.of(fields);
  }

  private static ValueType valueType(String file, Type type) {
    if (!type.isPrimitive()) {
      if (isListOfDoubles(type.asGroupType())) {
        return ValueType.DOUBLES;
      }
      throw unreadable(file, type);
    }
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      throw unreadable(file, type);
    }
    PrimitiveType primitive = type.asPrimitiveType();
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    return switch (primitive.getPrimitiveTypeName()) {
      case BOOLEAN -> ValueType.BOOLEAN;
      case INT32, INT64 -> integerType(file, type, logical);
      case FLOAT, DOUBLE -> ValueType.DOUBLE;
      case BINARY -> {
        if (logical == null) {
          yield ValueType.BYTES;
        }
        if (logical.equals(LogicalTypeAnnotation.stringType())
            || logical.equals(LogicalTypeAnnotation.enumType())
            || logical.equals(LogicalTypeAnnotation.jsonType())) {
          yield ValueType.STRING;
        }
        throw unreadable(file, type);
      }
      default -> throw unreadable(file, type);
    };
  }

  private static ValueType integerType(String file, Type type, LogicalTypeAnnotation logical) {
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return ValueType.TIMESTAMP;
    }
    if (logical == null
        || logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation integer
            && (integer.isSigned() || integer.getBitWidth() < 64)) {
      return ValueType.INT64;
    }
    throw unreadable(file, type);
  }

  private static boolean isListOfDoubles(GroupType group) {
    if (group.getFieldCount() != 1 || group.getType(0).isPrimitive()) {
      return false;
    }
    GroupType repeated = group.getType(0).asGroupType();
    return repeated.isRepetition(Type.Repetition.REPEATED)
        && repeated.getFieldCount() == 1
        && repeated.getType(0).isPrimitive()
        && repeated.getType(0).isRepetition(Type.Repetition.REQUIRED)
        && repeated.getType(0).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
  }

  private static CannotException unreadable(String file, Type type) {
    return CannotException.to(
        "read " + file,
        "column "
            + type.getName()
            + " has type "
            + type.toString().strip()
            + ", which has no place in a row");
  }

  static MessageType toMessageType(RowSchema schema) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (Field field : schema.fields()) {
      builder.addField(toType(field));
    }
    return builder.named("rows");
  }

  private static Type toType(Field field) {
    Type.Repetition repetition =
        field.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    return switch (field.type()) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(field.name());
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(field.name());
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(field.name());
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(field.name());
      case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(field.name());
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(field.name());
      case DOUBLES ->
          Types.buildGroup(repetition)
              .as(LogicalTypeAnnotation.listType())
              .repeatedGroup()
              .required(PrimitiveTypeName.DOUBLE)
              .named("element")
              .named("list")
              .named(field.name());
    };
  }
}
