package io.github.beamml.split;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Split;
import io.github.beamml.testkit.BatchFnContract;
import java.util.List;

class SplitContractTest implements BatchFnContract {
  @Override
  public BatchFn function() {
    return Split.stratified("late").validation(0.3).test(0.3).salt("x").train().fn();
  }

  @Override
  public RowBatch rows() {
    RowSchema schema =
        RowSchema.of(
            Field.required("id", ValueType.INT64), Field.nullable("late", ValueType.BOOLEAN));
    RowBatchBuilder builder = RowBatch.builder(schema);
    for (long id = 0; id < 50; id++) {
      builder.addRow(id, id % 3 == 0 ? null : (Boolean) (id % 2 == 0));
    }
    return RowKey.of(List.of("id")).attach(builder.build());
  }
}
