package io.github.beamml.engine.feature;

/**
 * {@code select}: keeps only these columns, in this order (and those of the library's own). Nothing
 * is fitted.
 */
public final class Select extends ColumnsStep {
  static final String NAME = "select";

  private Select(Columns columns) {
    super(columns);
  }

  static Select of(String... columns) {
    return new Select(Columns.of(columns));
  }

  static Select read(Parameters parameters) {
    return new Select(parameters.columnsOnly());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    scope.column(column, columns().key());
  }

  @Override
  void bound(Scope scope) {
    scope.select(columns().names());
  }
}
