package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the columns named, in that order. */
public final class SelectFn implements BatchFn {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> names;

  private SelectFn(List<String> names) {
    this.names = new ArrayList<>(names);
  }

  public static SelectFn of(List<String> names) {
    return new SelectFn(names);
  }

  @Override
  public String name() {
    return "select";
  }

  /**
   * @throws InvalidInputException if the input lacks a column
   */
  @Override
  public RowSchema outputSchema(RowSchema input) {
    return input.select(names);
  }

  @Override
  public RowBatch apply(RowBatch batch, RowErrors errors) {
    return batch.select(names);
  }
}
