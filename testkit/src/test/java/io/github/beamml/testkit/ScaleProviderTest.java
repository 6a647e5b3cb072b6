package io.github.beamml.testkit;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a component is tested, all of it. */
class ScaleProviderTest implements ProviderContract, BatchFnContract {
  static RowBatch rows(double... values) {
    RowBatchBuilder rows = RowBatch.builder(RowSchema.of(Field.required("x", ValueType.DOUBLE)));
    for (double value : values) {
      rows.addRow(value);
    }
    return rows.build();
  }

  @Override
  public BatchFn function() {
    return new ScaleFn(2);
  }

  @Override
  public RowBatch rows() {
    return rows(1, 0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-310);
  }

  @Override
  public ComponentProvider provider() {
    return new ScaleProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    ProviderCase twice =
        ProviderCase.of(Map.of())
            .input(rows(1, 2))
            .gives(rows(2, 4))
            .like((pipeline, inputs) -> inputs.get("input").apply(ApplyToRows.of(function())));
    return List.of(
        twice,
        twice.with("factor", 3.0).gives(rows(3, 6)),
        twice.input(rows(1, -1)).gives(rows(2)).deadLetters("x is negative"));
  }
}
