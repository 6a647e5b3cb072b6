package io.github.beamml.serving;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.BatchFn;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Scores raw rows with a model, bounded or not. Adds to each row {@code margin: double}, {@code
 * probability: double} and {@code flagged: boolean} (whether the probability reaches the model's
 * threshold); a score has the same bits in a batch, in a stream and from a single call of {@link
 * io.github.beamml.engine.model.Scorer}.
 *
 * <pre>{@code
 * PCollection<Row> scored = flights.apply(Score.with(Path.of("models/flight-delays"))).get(Score.ROWS);
 * }</pre>
 *
 * <p>{@link #ERRORS} holds the rows that cannot be computed, if {@link #keepingDeadLetters}; else
 * the first of them fails. A null counts as the model's preparation says. Timestamps and windows
 * stay. State class: none, each row alone.
 */
public final class Score extends PTransform<PCollection<Row>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The rows with their scores. */
  public static final TupleTag<Row> ROWS = ApplyToRows.ROWS;

  /** The rows that could not be scored, in the global window. */
  public static final TupleTag<BadRecord> ERRORS = ApplyToRows.ERRORS;

  private final ApplyToRows rows;

  private Score(ApplyToRows rows) {
    this.rows = rows;
  }

  /** Scores with a model of an artifact store. */
  public static Score with(ArtifactReference model) {
    return with(ScoreFn.of(model));
  }

  /**
   * Scores with the model that a local folder holds now.
   *
   * @throws io.github.beamml.engine.CannotException if the folder holds none
   */
  public static Score with(Path folder) {
    return with(ScoreFn.of(folder));
  }

  /**
   * Scores with a model of somebody else's: its output is added, and nothing is promised about
   * bits.
   */
  public static Score with(OnnxModelFn model) {
    return with((BatchFn) model);
  }

  private static Score with(BatchFn function) {
    return new Score(ApplyToRows.of(function));
  }

  /** Puts rows that cannot be scored into {@link #ERRORS} instead of failing at the first. */
  public Score keepingDeadLetters() {
    return new Score(rows.keepingDeadLetters());
  }

  /**
   * @throws io.github.beamml.engine.InvalidInputException if the rows lack a column that the model
   *     reads, or have one of a wrong type
   */
  @Override
  public PCollectionTuple expand(PCollection<Row> input) {
    return input.apply("Rows", rows);
  }
}
