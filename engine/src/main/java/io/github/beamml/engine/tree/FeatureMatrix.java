package io.github.beamml.engine.tree;

import io.github.beamml.engine.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Features as named columns of doubles, one value a row; NaN is a missing value, infinities are
 * values. The columns are used as they are, never copied: nobody may write to them afterwards.
 */
public final class FeatureMatrix {
  private final List<String> names;
  private final double[][] columns;
  private final int rows;

  private FeatureMatrix(List<String> names, double[][] columns, int rows) {
    this.names = names;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * @param names one for each column, no two alike
   * @param columns all of one length
   * @throws InvalidInputException if names repeat, or names or lengths do not match
   */
  public static FeatureMatrix of(List<String> names, double[][] columns) {
    if (names.size() != columns.length) {
      throw InvalidInputException.of(
          "features", columns.length + " columns", names.size() + ", one for each name");
    }
    if (columns.length == 0) {
      throw InvalidInputException.of("features", "none", "at least one column");
    }
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < columns.length; column++) {
      if (!seen.add(names.get(column))) {
        throw InvalidInputException.of("features", names.get(column), "named once");
      }
      if (columns[column].length != columns[0].length) {
        throw InvalidInputException.of(
            "feature " + names.get(column),
            columns[column].length + " rows",
            columns[0].length + ", as many as feature " + names.get(0));
      }
    }
    return new FeatureMatrix(List.copyOf(names), columns.clone(), columns[0].length);
  }

  public List<String> names() {
    return names;
  }

  public int rows() {
    return rows;
  }

  public int features() {
    return columns.length;
  }

  /** The values of a feature, one a row: not a copy, not to be written to. */
  public double[] column(int feature) {
    return columns[feature];
  }

  /** The features of one row, in the order of their names. */
  public double[] row(int row) {
    double[] values = new double[columns.length];
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] = columns[feature][row];
    }
    return values;
  }
}
