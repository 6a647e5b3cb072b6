package io.github.beamml.training;

import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;

/** Scores rows that have the model's features already. */
final class ScorePreparedFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final ArtifactReference model;

  ScorePreparedFn(ArtifactReference model) {
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
    return Scores.add(batch, Scorer.of(Models.open(model)).scorePrepared(batch));
  }
}
