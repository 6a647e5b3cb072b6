package io.github.beamml.engine.model;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.tree.FeatureMatrix;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores raw rows with a model, one by one or in batches: the same bits either way, and the same
 * that a pipeline gives, which calls this class. For many threads.
 *
 * <pre>{@code
 * Scorer scorer = Scorer.load(Path.of("flight-delays"));
 * double late = scorer.score(Map.of("carrier", "UA", ...)).probability();
 * }</pre>
 */
public final class Scorer {
  private final Model model;

  /**
   * What a model says of a row.
   *
   * @param margin what the predictor gives: of trees, what they add up to
   * @param probability of the label being true
   * @param flagged whether the probability reaches the model's threshold
   */
  public record Score(double margin, double probability, boolean flagged) {}

  private Scorer(Model model) {
    this.model = model;
  }

  public static Scorer of(Model model) {
    return new Scorer(model);
  }

  /**
   * Loads a model from a local folder, every file checked against the manifest first.
   *
   * @throws CannotException if the folder holds no whole model
   */
  public static Scorer load(Path folder) {
    return new Scorer(Model.read(ArtifactDirectory.open(folder)));
  }

  public Model model() {
    return model;
  }

  /**
   * Scores one row.
   *
   * @param row values by column, of the classes that {@link RowBatchBuilder#set} takes; a column
   *     that is not there counts as null, one that the model does not read is passed over
   * @throws InvalidInputException if a value is of a wrong type or the row cannot be computed
   */
  public Score score(Map<String, ? extends @Nullable Object> row) {
    RowSchema schema = model.preparation().inputSchema();
    RowBatchBuilder builder = RowBatch.builder(schema);
    for (int i = 0; i < schema.size(); i++) {
      builder.set(i, row.get(schema.field(i).name()));
    }
    RowBatch scored = score(builder.endRow().build(), RowErrors.fail());
    return scoreOf(scored, 0);
  }

  /** The score in a row of what {@link #score(RowBatch, RowErrors)} gave. */
  public static Score scoreOf(RowBatch scored, int row) {
    RowSchema schema = scored.schema();
    return new Score(
        scored.doubles(schema.position("margin")).get(row),
        scored.doubles(schema.position("probability")).get(row),
        scored.longs(schema.position("flagged")).get(row) != 0);
  }

  /**
   * Adds {@link Model#OUTPUT} to raw rows, and what the preparation adds. Rows that cannot be
   * computed go to {@code errors}.
   */
  public RowBatch score(RowBatch raw, RowErrors errors) {
    return scorePrepared(model.preparation().apply(raw, errors));
  }

  /** Adds {@link Model#OUTPUT} to rows that the model's preparation has been applied to. */
  public RowBatch scorePrepared(RowBatch prepared) {
    FeatureMatrix matrix = model.matrix(prepared);
    double[] margins = model.predictor().margins(matrix, 1);
    double[] probabilities = new double[margins.length];
    long[] flagged = new long[margins.length];
    for (int row = 0; row < margins.length; row++) {
      probabilities[row] = model.predictor().probability(margins[row]);
      flagged[row] = probabilities[row] >= model.threshold().value() ? 1 : 0;
    }
    return prepared
        .with(Model.OUTPUT.field(0), DoubleColumn.of(margins, null))
        .with(Model.OUTPUT.field(1), DoubleColumn.of(probabilities, null))
        .with(Model.OUTPUT.field(2), LongColumn.of(ValueType.BOOLEAN, flagged, null));
  }

  /** The schema of what {@link #score(RowBatch, RowErrors)} gives for rows of this schema. */
  public RowSchema outputSchema(RowSchema raw) {
    RowSchema schema = raw;
    for (BatchFn function : model.preparation().functions()) {
      schema = function.outputSchema(schema);
    }
    return schema.with(Model.OUTPUT.field(0), Model.OUTPUT.field(1), Model.OUTPUT.field(2));
  }
}
