package io.github.beamml.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.ValueTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Writes rows as JSON objects that {@link JsonRows} reads back to the same rows: the fields in the
 * schema's order, null where a value is null, timestamps as text in UTC, bytes as base64. Columns
 * of the library's own are left out.
 */
public final class JsonRowWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final List<Field> fields;

  public JsonRowWriter(RowSchema schema) {
    this.fields = schema.dataFields();
  }

  /**
   * One row as UTF-8.
   *
   * @throws CannotException if a double is NaN or infinite, which JSON has no form for
   */
  public byte[] toBytes(RowBatch batch, int row) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      generator.writeStartObject();
      for (Field field : fields) {
        generator.writeFieldName(field.name());
        write(generator, field, batch.column(field.name()), row);
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator generator, Field field, Column column, int row)
      throws IOException {
    if (column.isNull(row)) {
      generator.writeNull();
      return;
    }
    switch (field.type()) {
      case BOOLEAN, INT64, DOUBLE -> generator.writeRawValue(ValueTexts.of(field, column, row));
      case STRING, BYTES, TIMESTAMP -> generator.writeString(ValueTexts.of(field, column, row));
      case DOUBLES -> {
        generator.writeStartArray();
        for (double value : (double[]) Objects.requireNonNull(column.value(row))) {
          generator.writeRawValue(ValueTexts.real(field, value));
        }
        generator.writeEndArray();
      }
    }
  }
}
