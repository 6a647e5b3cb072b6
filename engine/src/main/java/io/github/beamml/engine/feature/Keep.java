package io.github.beamml.engine.feature;

/**
 * {@code keep}: makes columns features as they are: numbers that no step works on. DOUBLE, INT64,
 * BOOLEAN or DOUBLES. Nothing is fitted.
 */
public final class Keep extends ColumnsStep {
  static final String NAME = "keep";

  private Keep(Columns columns) {
    super(columns);
  }

  static Keep of(String... columns) {
    return new Keep(Columns.of(columns));
  }

  static Keep read(Parameters parameters) {
    return new Keep(parameters.columnsOnly());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    scope.keep(column, columns().key());
  }
}
