package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.Serializable;
import java.util.List;

/**
 * What is to be predicted: a column computed by a condition. Rows for which it is null have no
 * label and are left out of fitting, training and testing.
 *
 * @param name of the column
 * @param is when it is true
 */
public record Label(String name, Expression is) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String KEY = "label";

  /**
   * @throws io.github.beamml.engine.InvalidInputException naming the position if the text is no
   *     expression
   */
  public static Label of(String name, String is) {
    return new Label(name, Expression.parse("label.is", is));
  }

  /** As {@link #of(String, String)}, with the zone of local times that say none. */
  public static Label of(String name, String is, String zone) {
    return new Label(name, Expression.parse("label.is", is, zone));
  }

  /** A column of the rows as it is: booleans, or 0 and 1. */
  public static Label ofColumn(String name) {
    return new Label(name, Expression.parse(KEY, Expression.quote(name)));
  }

  private boolean isColumn() {
    return is.text().equals(Expression.quote(name));
  }

  /**
   * @throws io.github.beamml.engine.InvalidInputException if the rows lack a column that it reads,
   *     or it is no condition
   */
  public void check(RowSchema rows) {
    if (isColumn()) {
      rows.position(name, KEY);
    } else {
      is.check(rows, ValueType.BOOLEAN);
    }
  }

  /** What adds the label and leaves out the rows that have none. */
  public List<BatchFn> functions() {
    FilterFn labelled = FilterFn.keep(Expression.parse(KEY, Expression.quote(name) + " != null"));
    return isColumn() ? List.of(labelled) : List.of(DeriveFn.of(name, is), labelled);
  }
}
