package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;

/** Takes the rows that a {@link BatchFn} could not compute. */
@FunctionalInterface
public interface RowErrors {
  /**
   * @param batch the batch that holds the row as the function saw it
   * @param row its position there
   * @param message why, in one line, without the row's values
   */
  void reject(RowBatch batch, int row, String message);

  /**
   * Makes the first bad row a failure of the whole: what happens where no dead letters are kept.
   */
  static RowErrors fail() {
    return (batch, row, message) -> {
      throw InvalidInputException.because("row", message);
    };
  }
}
