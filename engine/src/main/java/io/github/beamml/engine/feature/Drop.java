package io.github.beamml.engine.feature;

/** {@code drop}: leaves out columns; of features, too. Nothing is fitted. */
public final class Drop extends ColumnsStep {
  static final String NAME = "drop";

  private Drop(Columns columns) {
    super(columns);
  }

  static Drop of(String... columns) {
    return new Drop(Columns.of(columns));
  }

  static Drop read(Parameters parameters) {
    return new Drop(parameters.columnsOnly());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    scope.drop(column, columns().key());
  }
}
