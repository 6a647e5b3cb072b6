package io.github.beamml.features;

import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.lookup.LookupTable;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.testkit.BatchFnContract;

class LookupContractTest implements BatchFnContract {
  private static final RowSchema ROWS =
      RowSchema.of(
          Field.nullable("origin", ValueType.STRING), Field.nullable("dep", ValueType.TIMESTAMP));
  private static final RowSchema WEATHER =
      RowSchema.of(
          Field.required("origin", ValueType.STRING),
          Field.required("hour", ValueType.TIMESTAMP),
          Field.nullable("temp", ValueType.DOUBLE),
          Field.nullable("sky", ValueType.STRING));

  @Override
  public BatchFn function() {
    RowBatch table =
        RowBatch.builder(WEATHER)
            .addRow("JFK", 10L, 1.0, "clear")
            .addRow("JFK", 20L, null, "rain")
            .addRow("LGA", 10L, 3.0, null)
            .build();
    return Lookup.in("weather")
        .on("origin")
        .asOf("dep", "hour")
        .take("temp", "sky")
        .fn(LookupTable.of("weather of the contract", table));
  }

  @Override
  public RowBatch rows() {
    return RowBatch.builder(ROWS)
        .addRow("JFK", 9L)
        .addRow("JFK", 10L)
        .addRow("JFK", 25L)
        .addRow("LGA", Long.MAX_VALUE)
        .addRow("EWR", 10L)
        .addRow(null, 10L)
        .addRow("LGA", null)
        .build();
  }
}
