package io.github.beamml.training;

import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;

/**
 * What a model says of rows that are evaluated, in columns of the library's own: no name of a user
 * can meet them, and every step passes them through.
 */
final class Scores {
  static final Field MARGIN = Field.required("_margin", ValueType.DOUBLE);
  static final Field PROBABILITY = Field.required("_probability", ValueType.DOUBLE);

  private Scores() {}

  static RowSchema schema(RowSchema rows) {
    return rows.with(MARGIN, PROBABILITY);
  }

  /**
   * @param scored the same rows with {@link Model#OUTPUT}
   */
  static RowBatch add(RowBatch rows, RowBatch scored) {
    return rows.with(MARGIN, scored.column(Model.OUTPUT.field(0).name()))
        .with(PROBABILITY, scored.column(Model.OUTPUT.field(1).name()));
  }
}
