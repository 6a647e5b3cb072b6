package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.ValueType;

/**
 * {@code index}: the position of a category in the vocabulary of the training rows, the most
 * frequent first (from 0, equal counts by UTF-8 bytes); adds {@code <column>_index}.
 *
 * <p>The vocabulary is what occurs at least {@code min_count} times, at most {@code top_k} of it.
 * Any other value has by {@code unknown: other} (the default) the index behind the last, by {@code
 * none} null, by {@code error} it makes the row a bad record. STRING, INT64 (as decimal text) or
 * BOOLEAN in, INT64 out. Null stays null. State: term counts, exact, one pass; memory grows with
 * the distinct values. A column without any value cannot be fitted.
 */
public final class VocabularyIndex extends ColumnsStep {
  static final String NAME = "index";

  private final Vocabulary.Choice choice;

  private VocabularyIndex(Columns columns, Vocabulary.Choice choice) {
    super(columns);
    this.choice = choice;
  }

  static VocabularyIndex of(String... columns) {
    return new VocabularyIndex(Columns.of(columns), Vocabulary.Choice.ALL);
  }

  static VocabularyIndex read(Parameters parameters) {
    return new VocabularyIndex(parameters.columns(), Vocabulary.Choice.read(parameters));
  }

  /** Only what occurs so often in the training rows. */
  public VocabularyIndex minCount(int count) {
    return new VocabularyIndex(columns(), choice.withMinCount(count));
  }

  /** Only so many of the most frequent. */
  public VocabularyIndex topK(int count) {
    return new VocabularyIndex(columns(), choice.withTopK(count));
  }

  /** Other values have no index. */
  public VocabularyIndex unknownIsNull() {
    return new VocabularyIndex(columns(), choice.withUnknown(Vocabulary.Unknown.NONE));
  }

  /** Other values make the row a bad record. */
  public VocabularyIndex unknownIsError() {
    return new VocabularyIndex(columns(), choice.withUnknown(Vocabulary.Unknown.ERROR));
  }

  /** The names of the outputs, one for each column, instead of {@code <column>_index}. */
  public VocabularyIndex as(String... outputs) {
    return new VocabularyIndex(columns().withAs(outputs), choice);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    choice.write(parameters);
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    int input = scope.column(column, columns().key(), Scope.TERMS);
    boolean nullable = scope.value(input).nullable() || choice.unknown() == Vocabulary.Unknown.NONE;
    String name = outputName(position, column + "_index");
    fit(
        scope,
        column,
        input,
        new Scope.Output(name, ValueType.INT64, nullable),
        Vocabulary.fit(choice),
        fitted -> {
          Kernel kernel = kernel(column, Vocabulary.read(fitted));
          return choice.unknown() == Vocabulary.Unknown.ERROR ? Kernel.rejecting(kernel) : kernel;
        });
  }

  private Kernel kernel(String column, Vocabulary vocabulary) {
    return (inputs, rows, rejections) -> {
      int[] categories = vocabulary.categories(inputs[0], column, choice.unknown(), rejections);
      long[] indices = new long[rows];
      long[] nulls = Nulls.none(rows);
      for (int row = 0; row < rows; row++) {
        if (categories[row] >= 0) {
          indices[row] = categories[row];
        } else {
          Nulls.set(nulls, row);
        }
      }
      return new Column[] {LongColumn.of(ValueType.INT64, indices, nulls)};
    };
  }
}
