package io.github.beamml.testkit;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;

/** A component as small as one can be: multiplies the column x; a negative one is refused. */
record ScaleFn(double factor) implements BatchFn {
  @Override
  public String name() {
    return "scale";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    input.position("x", "input");
    return input;
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    RowBatchBuilder result = RowBatch.builder(batch.schema());
    DoubleColumn x = (DoubleColumn) batch.column("x");
    for (int row = 0; row < batch.size(); row++) {
      if (x.get(row) < 0) {
        errors.reject(batch, row, "x is negative");
      } else {
        Object[] values = batch.row(row).toArray();
        values[batch.schema().position("x")] = x.get(row) * factor;
        result.addRow(values);
      }
    }
    return result.build();
  }
}
