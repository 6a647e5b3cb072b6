package io.github.beamml.workflow.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.json.JsonRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of one JSON object a line whose further fields pass through: as whole numbers, numbers or
 * booleans where all of the file's values are, as text otherwise.
 *
 * @param schema the fields of all objects, in the order in which they first occur
 */
record JsonObjects(String file, RowSchema schema, RowSchema read) implements BatchSource<String> {
  private static final long serialVersionUID = 1L;

  /** Decimal numbers are kept digit by digit. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private interface Lines {
    void object(ObjectNode object, long number) throws IOException;
  }

  /** Reads the file once for its fields. */
  static JsonObjects in(String file, RowSchema read) {
    Map<String, ValueType> types = new LinkedHashMap<>();
    try {
      forEach(
          file,
          (object, number) ->
              object
                  .fields()
                  .forEachRemaining(
                      entry ->
                          types.merge(entry.getKey(), type(entry.getValue()), JsonObjects::both)));
    } catch (IOException e) {
      throw CannotException.to("read " + file, String.valueOf(e.getMessage()), e);
    }
    List<Field> fields = new ArrayList<>();
    types.forEach(
        (name, type) ->
            fields.add(read.has(name) ? read.field(name) : Field.nullable(name, shown(type))));
    RowSchema schema = RowSchema.of(fields);
    ScoreInput.checkColumns(file, schema, read);
    return new JsonObjects(file, schema, read);
  }

  /** BYTES stands for null, which goes with everything. */
  private static ValueType type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> ValueType.BYTES;
      case BOOLEAN -> ValueType.BOOLEAN;
      case NUMBER ->
          value.canConvertToLong() && value.isIntegralNumber() ? ValueType.INT64 : ValueType.DOUBLE;
      default -> ValueType.STRING;
    };
  }

  private static ValueType both(ValueType one, ValueType other) {
    if (one == other || other == ValueType.BYTES) {
      return one;
    }
    if (one == ValueType.BYTES) {
      return other;
    }
    boolean numbers = one != ValueType.BOOLEAN && other != ValueType.BOOLEAN;
    return numbers && one != ValueType.STRING && other != ValueType.STRING
        ? ValueType.DOUBLE
        : ValueType.STRING;
  }

  private static ValueType shown(ValueType type) {
    return type == ValueType.BYTES ? ValueType.STRING : type;
  }

  private static void forEach(String file, Lines lines) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          lines.object(parse(file + ":" + number, line), number);
        }
      }
    }
  }

  private static ObjectNode parse(String place, String line) {
    try {
      if (MAPPER.readTree(line) instanceof ObjectNode object) {
        return object;
      }
      throw CannotException.to("read " + place, "the value is not an object");
    } catch (JsonProcessingException e) {
      throw CannotException.to("read " + place, "not JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public String name() {
    return "read_json";
  }

  @Override
  public List<String> splits() {
    return List.of(file);
  }

  @Override
  public void read(String split, Output output) throws IOException {
    RowBatchBuilder builder = RowBatch.builder(schema);
    JsonRows rows = new JsonRows(schema);
    forEach(
        split,
        (object, number) -> {
          for (Field field : schema.fields()) {
            JsonNode value = object.get(field.name());
            boolean isText = value == null || value.isTextual() || value.isNull();
            if (field.type() == ValueType.STRING && !read.has(field.name()) && !isText) {
              object.put(field.name(), value.toString());
            }
          }
          byte[] bytes = MAPPER.writeValueAsBytes(object);
          try {
            rows.append(builder, bytes);
          } catch (RecordReject e) {
            output.bad(new BadRecord(bytes, e.reason(), e.message(), name(), file + ":" + number));
          }
          if (builder.size() == RowBatch.DEFAULT_ROWS) {
            output.batch(builder.build());
          }
        });
    if (builder.size() > 0) {
      output.batch(builder.build());
    }
  }
}
