package io.github.beamml.training;

import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowNumbers;
import io.github.beamml.engine.row.RowSchema;
import java.util.List;

/**
 * Scores raw rows by way of the model's own preparation, and leaves the columns of the rows as they
 * are.
 */
final class ScoreRawFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final SealedModel model;
  private final boolean leavesOut;

  private ScoreRawFn(SealedModel model, boolean leavesOut) {
    this.model = model;
    this.leavesOut = leavesOut;
  }

  /** A row that the preparation cannot compute goes to the errors. */
  static ScoreRawFn of(SealedModel model) {
    return new ScoreRawFn(model, false);
  }

  /** A row that the preparation cannot compute is left out: a fault of the model, not the row. */
  static ScoreRawFn leavingOut(SealedModel model) {
    return new ScoreRawFn(model, true);
  }

  @Override
  public String name() {
    return "score";
  }

  /**
   * @throws io.github.beamml.engine.InvalidInputException if the rows lack a column that the model
   *     reads
   */
  @Override
  public RowSchema outputSchema(RowSchema input) {
    Scorer scorer = scorer();
    scorer.outputSchema(input.select(columns(scorer)));
    return Scores.schema(input);
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    Scorer scorer = scorer();
    RowBatch raw = RowNumbers.attach(batch.select(columns(scorer)));
    RowBatch scored =
        scorer.score(
            raw,
            (refused, row, message) -> {
              if (!leavesOut) {
                errors.reject(batch, RowNumbers.of(refused, row), message);
              }
            });
    return Scores.add(
        scored.size() == batch.size() ? batch : batch.take(RowNumbers.of(scored)), scored);
  }

  private static List<String> columns(Scorer scorer) {
    return scorer.model().preparation().inputSchema().names();
  }

  private Scorer scorer() {
    return model.open();
  }
}
