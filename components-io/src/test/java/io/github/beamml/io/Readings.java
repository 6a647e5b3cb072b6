package io.github.beamml.io;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;

/** A few rows for the contracts of what reads and writes. */
public final class Readings {
  /** As a user types it. */
  public static final String SCHEMA_TEXT = "{id: int64, at: timestamp?, x: double?}";

  public static final RowSchema SCHEMA = SchemaText.parse("schema", SCHEMA_TEXT);

  private Readings() {}

  /** Ids 1, with a time of 5 s and 1 us and 0.5, and 2, with nulls. */
  public static RowBatch two() {
    return RowBatch.builder(SCHEMA).addRow(1L, 5_000_001L, 0.5).addRow(2L, null, null).build();
  }

  /** Ids only. */
  public static RowBatch ids(long... ids) {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    for (long id : ids) {
      builder.addRow(id, null, null);
    }
    return builder.build();
  }

  /** The same columns under another schema. */
  public static RowBatch as(String schema, RowBatch rows) {
    RowBatchBuilder builder = RowBatch.builder(SchemaText.parse("schema", schema));
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < builder.schema().size(); column++) {
        builder.set(column, rows.value(row, builder.schema().field(column).name()));
      }
      builder.endRow();
    }
    return builder.build();
  }
}
