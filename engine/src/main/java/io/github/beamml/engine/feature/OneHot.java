package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code one_hot}: an array with one number for each category, 1 for the row's own and 0 for all
 * others; adds {@code <column>_one_hot}. As scikit-learn's {@code OneHotEncoder}, but the
 * categories stand in the order of their frequency.
 *
 * <p>The categories are what occurs at least {@code min_count} times in the training rows, at most
 * {@code top_k} of it. Any other value has by {@code unknown: other} (the default) a number of its
 * own behind the last, by {@code none} only zeros, by {@code error} it makes the row a bad record.
 * Null has only zeros: impute it first to make it a category. STRING, INT64 (as decimal text) or
 * BOOLEAN in, DOUBLES out: one column, whose width is fitted, so that the schema depends on plan
 * and input schema alone. The numbers are named {@code <column>=<category>} and {@code
 * <column>:other}. State: term counts, exact, one pass; memory grows with the distinct values. A
 * column without any value cannot be fitted.
 */
public final class OneHot extends ColumnsStep {
  static final String NAME = "one_hot";

  private final Vocabulary.Choice choice;

  private OneHot(Columns columns, Vocabulary.Choice choice) {
    super(columns);
    this.choice = choice;
  }

  static OneHot of(String... columns) {
    return new OneHot(Columns.of(columns), Vocabulary.Choice.ALL);
  }

  static OneHot read(Parameters parameters) {
    return new OneHot(parameters.columns(), Vocabulary.Choice.read(parameters));
  }

  /** Only what occurs so often in the training rows. */
  public OneHot minCount(int count) {
    return new OneHot(columns(), choice.withMinCount(count));
  }

  /** Only so many of the most frequent. */
  public OneHot topK(int count) {
    return new OneHot(columns(), choice.withTopK(count));
  }

  /** Other values have only zeros. */
  public OneHot unknownIsZeros() {
    return new OneHot(columns(), choice.withUnknown(Vocabulary.Unknown.NONE));
  }

  /** Other values make the row a bad record. */
  public OneHot unknownIsError() {
    return new OneHot(columns(), choice.withUnknown(Vocabulary.Unknown.ERROR));
  }

  /** The names of the outputs, one for each column, instead of {@code <column>_one_hot}. */
  public OneHot as(String... outputs) {
    return new OneHot(columns().withAs(outputs), choice);
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
    String name = outputName(position, column + "_one_hot");
    fit(
        scope,
        column,
        input,
        new Scope.Output(name, ValueType.DOUBLES, false),
        Vocabulary.fit(choice),
        fitted -> new OneHotKernel(column, Vocabulary.read(fitted), choice.unknown()));
  }

  private record OneHotKernel(String column, Vocabulary vocabulary, Vocabulary.Unknown unknown)
      implements Kernel {
    @Override
    public Column[] apply(Column[] inputs, int rows, Rejections rejections) {
      int[] categories = vocabulary.categories(inputs[0], column, unknown, rejections);
      int width = width();
      double[] values = new double[Math.multiplyExact(rows, width)];
      for (int row = 0; row < rows; row++) {
        if (categories[row] >= 0) {
          values[row * width + categories[row]] = 1;
        }
      }
      return new Column[] {DoublesColumn.ofWidth(values, width, rows)};
    }

    @Override
    public boolean rejects() {
      return unknown == Vocabulary.Unknown.ERROR;
    }

    private int width() {
      return vocabulary.size() + (unknown == Vocabulary.Unknown.OTHER ? 1 : 0);
    }

    @Override
    public List<String> slots() {
      List<String> slots = new ArrayList<>();
      for (int i = 0; i < vocabulary.size(); i++) {
        slots.add(column + "=" + vocabulary.term(i));
      }
      if (unknown == Vocabulary.Unknown.OTHER) {
        slots.add(column + ":other");
      }
      return slots;
    }
  }
}
