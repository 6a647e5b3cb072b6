package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import java.io.Serializable;

/**
 * The work of a component: a pure function from batch to batch. A row's result may depend on that
 * row alone, never on its neighbours, its position or the batch's size, so that a batch of one
 * gives the same bits as a batch of thousands. Columns that it does not know pass through, the
 * system columns always.
 *
 * <p>It is serialised into the job's graph with what it was configured with; large fitted values
 * are loaded on the worker at first use and kept in transient fields.
 */
public interface BatchFn extends Serializable {
  /** The name of the component, for dead letters and messages. */
  String name();

  /**
   * The schema of what {@link #apply} returns.
   *
   * @throws InvalidInputException if the input lacks a column or has one of a wrong type
   */
  RowSchema outputSchema(RowSchema input);

  /**
   * Computes the output. A row that cannot be computed is handed to {@code errors} and left out of
   * the result.
   */
  RowBatch apply(RowBatch batch, RowErrors errors);
}
