package io.github.beamml.features;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;

/** A column of each type, for the contracts of fitted steps. */
final class Trips {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.nullable("city", ValueType.STRING),
          Field.nullable("stops", ValueType.INT64),
          Field.nullable("miles", ValueType.DOUBLE),
          Field.required("fare", ValueType.DOUBLE),
          Field.nullable("shared", ValueType.BOOLEAN),
          Field.nullable("start", ValueType.TIMESTAMP));

  private Trips() {}

  static RowBatch few() {
    return RowBatch.builder(SCHEMA)
        .addRow("Bern", 2L, 1.5, 9.75, true, 0L)
        .addRow("Basel", 0L, -0.0, 0.1, false, 3_600_000_000L)
        .addRow(null, null, null, 0.2, null, null)
        .addRow("Bern", 1L, 4.0, 0.3, false, 86_400_000_000L)
        .addRow("Genf", 2L, 1e9, 1e9, true, 1L)
        .build();
  }
}
