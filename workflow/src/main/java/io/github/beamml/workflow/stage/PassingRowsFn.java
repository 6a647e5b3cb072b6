package io.github.beamml.workflow.stage;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowNumbers;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the rows that come through other functions, as they were before these. Those that cannot be
 * computed are left out without a word: the stage that computed them has told of them.
 */
final class PassingRowsFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final ArrayList<BatchFn> functions;

  private PassingRowsFn(List<BatchFn> functions) {
    this.functions = new ArrayList<>(functions);
  }

  static PassingRowsFn through(List<BatchFn> functions) {
    return new PassingRowsFn(functions);
  }

  @Override
  public String name() {
    return "passing-rows";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    RowSchema schema = input;
    for (BatchFn function : functions) {
      schema = function.outputSchema(schema);
    }
    return input;
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    RowBatch passing = RowNumbers.attach(batch);
    for (BatchFn function : functions) {
      passing = function.apply(passing, (refused, row, message) -> {});
    }
    return passing.size() == batch.size() ? batch : batch.take(RowNumbers.of(passing));
  }
}
