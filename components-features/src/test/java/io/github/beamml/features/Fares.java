package io.github.beamml.features;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;
import java.util.Arrays;

/** Rows of two columns, for the contracts of the providers. */
final class Fares {
  private Fares() {}

  /** Rows of {@code carrier} and {@code x}, value by value. */
  static RowBatch of(Object... values) {
    return rows("{carrier: string, x: double}", values);
  }

  /** The same with {@code carrier_index}. */
  static RowBatch indexed(Object... values) {
    return rows("{carrier: string, x: double, carrier_index: int64}", values);
  }

  static RowBatch rows(String schemaText, Object... values) {
    RowSchema schema = SchemaText.parse("schema", schemaText);
    RowBatchBuilder builder = RowBatch.builder(schema);
    for (int i = 0; i < values.length; i += schema.size()) {
      builder.addRow(Arrays.copyOfRange(values, i, i + schema.size()));
    }
    return builder.build();
  }
}
