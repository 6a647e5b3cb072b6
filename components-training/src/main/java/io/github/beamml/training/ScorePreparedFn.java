package io.github.beamml.training;

import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;

/** Scores rows that have the model's features already. */
final class ScorePreparedFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final SealedModel model;

  ScorePreparedFn(SealedModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return "score";
  }

  @Override
  public RowSchema outputSchema(RowSchema input) {
    return Scores.schema(input);
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    return Scores.add(batch, model.open().scorePrepared(batch));
  }
}
