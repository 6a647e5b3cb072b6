package io.github.beamml.serving;

import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowNumbers;
import io.github.beamml.engine.row.RowSchema;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Scores raw rows with a model: prepares them as the model was trained (lookups, derived columns,
 * fitted features), adds {@link Model#OUTPUT} to the columns that came in, and leaves those as they
 * were. Columns of these names are replaced. The scores have the bits that {@link Scorer} gives.
 *
 * <p>For a {@link io.github.beamml.core.chain.Chain}; rows take {@link Score}. What travels to the
 * workers is the model's place and seal; it is opened once in a process.
 */
public final class ScoreFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final SealedModel model;
  private transient @Nullable Scorer scorer;

  private ScoreFn(SealedModel model) {
    this.model = model;
  }

  /** Scores with this very model. */
  public static ScoreFn of(SealedModel model) {
    return new ScoreFn(model);
  }

  /** Scores with a model of an artifact store. */
  public static ScoreFn of(ArtifactReference model) {
    return of(SealedModel.in(model));
  }

  /**
   * Scores with the model that a local folder holds now; workers refuse another one.
   *
   * @throws io.github.beamml.engine.CannotException if the folder holds none
   */
  public static ScoreFn of(Path folder) {
    return of(SealedModel.in(folder));
  }

  @Override
  public String name() {
    return "score";
  }

  /**
   * @throws io.github.beamml.engine.InvalidInputException if the rows lack a column that the model
   *     reads, or have one of a wrong type
   * @throws io.github.beamml.engine.CannotException if the model cannot be opened
   */
  @Override
  public RowSchema outputSchema(RowSchema input) {
    scorer().outputSchema(input);
    return input.with(Model.OUTPUT.fields().toArray(Field[]::new));
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    // Numbered, as the preparation may refuse rows and replace columns.
    RowBatch numbered = RowNumbers.attach(batch);
    RowBatch scored =
        scorer()
            .score(
                numbered,
                (refused, row, message) ->
                    errors.reject(batch, RowNumbers.of(refused, row), message));
    RowBatch result = scored.size() == batch.size() ? batch : batch.take(RowNumbers.of(scored));
    for (Field field : Model.OUTPUT.fields()) {
      result = result.with(field, scored.column(field.name()));
    }
    return result;
  }

  private Scorer scorer() {
    Scorer open = scorer;
    if (open == null) {
      open = model.open();
      scorer = open;
    }
    return open;
  }
}
