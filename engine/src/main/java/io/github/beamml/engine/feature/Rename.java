package io.github.beamml.engine.feature;

import io.github.beamml.engine.InvalidInputException;

/**
 * {@code rename}: gives columns other names, one {@code as} for each, in their places. A feature
 * stays one. Nothing is fitted.
 */
public final class Rename extends ColumnsStep {
  static final String NAME = "rename";

  private Rename(Columns columns) {
    super(columns);
  }

  static Rename of(String... columns) {
    return new Rename(Columns.of(columns));
  }

  static Rename read(Parameters parameters) {
    return new Rename(parameters.columns());
  }

  /** The new names, one for each column. */
  public Rename as(String... outputs) {
    return new Rename(columns().withAs(outputs));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    if (columns().as().isEmpty()) {
      throw InvalidInputException.of(scope.place("as"), "nothing", "one name for each column");
    }
    scope.rename(column, columns().as().get(position), columns().key());
  }
}
