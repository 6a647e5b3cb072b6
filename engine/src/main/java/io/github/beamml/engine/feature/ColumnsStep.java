package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.ValueType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** A step that does the same to each of some columns. */
abstract sealed class ColumnsStep extends Step
    permits Impute,
        Standardize,
        MinMaxScale,
        QuantileBuckets,
        Buckets,
        VocabularyIndex,
        OneHot,
        Cyclic,
        Rename,
        Select,
        Drop,
        Keep {
  private final Columns columns;

  /**
   * The columns of a step and the names of what comes out.
   *
   * @param names the columns, at least one, distinct
   * @param as the names of the outputs, one a column; none means the names of the rule
   * @param key {@code column} or {@code columns}, as the user typed it
   */
  record Columns(List<String> names, List<String> as, String key) {
    Columns {
      names = List.copyOf(names);
      as = List.copyOf(as);
    }

    static Columns of(String... names) {
      return of(List.of(names), List.of(), "columns");
    }

    /**
     * @throws InvalidInputException without the key's place, which the caller puts before it
     */
    static Columns of(List<String> names, List<String> as, String key) {
      if (names.isEmpty()) {
        throw InvalidInputException.of(key, "[]", "at least one column");
      }
      requireDistinct(names, key);
      requireDistinct(as, "as");
      if (!as.isEmpty() && as.size() != names.size()) {
        throw InvalidInputException.of(
            "as", as, "one name for each of " + names.size() + " columns");
      }
      return new Columns(names, as, key);
    }

    Columns withAs(String... outputs) {
      return of(names, List.of(outputs), key);
    }

    private static void requireDistinct(Collection<String> names, String key) {
      HashSet<String> seen = new HashSet<>();
      for (String name : names) {
        if (name.isEmpty()) {
          throw InvalidInputException.of(key, "''", "a column name");
        }
        if (!seen.add(name)) {
          throw InvalidInputException.because(key, name + " stands there twice");
        }
      }
    }
  }

  ColumnsStep(Columns columns) {
    this.columns = columns;
  }

  final Columns columns() {
    return columns;
  }

  /** The output for the column at {@code position}, where the rule gives it {@code otherwise}. */
  final String outputName(int position, String otherwise) {
    return columns.as().isEmpty() ? otherwise : columns.as().get(position);
  }

  /** The key that named the output: {@code as}, or else that of the column. */
  final String outputKey() {
    return columns.as().isEmpty() ? columns.key() : "as";
  }

  /** Fits one column to another. */
  final void fit(
      Scope scope,
      String column,
      int input,
      Scope.Output output,
      Fit fit,
      Node.KernelFactory kernels) {
    scope.fit(column, new int[] {input}, List.of(output), outputKey(), fit, kernels);
  }

  /** Fits a column of numbers to one of doubles in its place, null where it is null. */
  final void fitInPlace(
      Scope scope, String column, int position, Fit fit, Node.KernelFactory kernels) {
    int input = scope.column(column, columns.key(), Scope.NUMERIC);
    boolean nullable = scope.value(input).nullable();
    String name = outputName(position, column);
    fit(scope, column, input, new Scope.Output(name, ValueType.DOUBLE, nullable), fit, kernels);
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    write(parameters.putArray("columns"), columns.names());
    if (!columns.as().isEmpty()) {
      write(parameters.putArray("as"), columns.as());
    }
  }

  @Override
  final void bind(Scope scope) {
    for (int i = 0; i < columns.names().size(); i++) {
      bindColumn(scope, columns.names().get(i), i);
    }
    bound(scope);
  }

  abstract void bindColumn(Scope scope, String column, int position);

  /** Called once all columns are bound. */
  void bound(Scope scope) {}

  static void write(ArrayNode array, List<String> names) {
    names.forEach(array::add);
  }
}
