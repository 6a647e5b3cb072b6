package io.github.beamml.workflow.publish.flights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.ValueTexts;
import java.util.LinkedHashMap;
import java.util.Map;

/** One flight of the sample, and its fields as JSON texts, to be edited and put together. */
final class Flight {
  private final RowBatch batch;
  private final int row;

  Flight(RowBatch batch, int row) {
    this.batch = batch;
    this.row = row;
  }

  String id() {
    return text("id");
  }

  String text(String column) {
    return ((StringColumn) batch.column(column)).get(row);
  }

  /** An integer, or an instant in microseconds. */
  long number(String column) {
    return ((LongColumn) batch.column(column)).get(row);
  }

  boolean isNull(String column) {
    return batch.column(column).isNull(row);
  }

  /** The JSON text of each field in the order of the columns. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < batch.schema().size(); i++) {
      Field field = batch.schema().field(i);
      Column column = batch.column(i);
      fields.put(field.name(), column.isNull(row) ? "null" : json(field, column));
    }
    return fields;
  }

  /** The JSON text of one field that is not null. */
  String json(String column) {
    return json(batch.schema().field(column), batch.column(column));
  }

  private String json(Field field, Column column) {
    String text = ValueTexts.of(field, column, row);
    // No text of the flights needs an escape.
    return field.type() == ValueType.STRING || field.type() == ValueType.TIMESTAMP
        ? quoted(text)
        : text;
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  /** The fields as one compact object. */
  static byte[] object(Map<String, String> fields) {
    return object(fields, "");
  }

  /**
   * @param more what stands before the last brace
   */
  static byte[] object(Map<String, String> fields, String more) {
    StringBuilder json = new StringBuilder("{");
    fields.forEach(
        (name, value) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          json.append(quoted(name)).append(':').append(value);
        });
    return json.append(more).append('}').toString().getBytes(UTF_8);
  }

  /** The flight as it is published itself. */
  byte[] unchanged() {
    return object(fields());
  }

  /** With the JSON text of one field replaced. */
  byte[] edited(String field, String json) {
    Map<String, String> fields = fields();
    fields.put(field, json);
    return object(fields);
  }
}
