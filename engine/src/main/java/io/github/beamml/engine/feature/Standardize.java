package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.exact.Moments;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;

/**
 * {@code standardize}: (x - mean) / deviation, in place, as scikit-learn's {@code StandardScaler}.
 *
 * <p>The mean and the standard deviation (divisor n) are correctly rounded, of the values that are
 * neither null nor NaN; state: exact moments, one pass. DOUBLE, INT64 or BOOLEAN in, DOUBLE out.
 * Null stays null and NaN stays NaN. A constant column becomes zeros (the deviation counts as 1).
 * Infinite values are refused in fitting and stay infinite in applying. A column without any value
 * cannot be fitted.
 */
public final class Standardize extends ColumnsStep {
  static final String NAME = "standardize";

  private Standardize(Columns columns) {
    super(columns);
  }

  static Standardize of(String... columns) {
    return new Standardize(Columns.of(columns));
  }

  static Standardize read(Parameters parameters) {
    return new Standardize(parameters.columns());
  }

  /** The names of the outputs, one for each column, instead of the columns' own. */
  public Standardize as(String... outputs) {
    return new Standardize(columns().withAs(outputs));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    fitInPlace(
        scope,
        column,
        position,
        Fit.of(FitState.Kind.MOMENTS, "mean and standard deviation", Standardize::moments),
        fitted -> kernel(Fitted.number(fitted, "mean"), Fitted.number(fitted, "deviation")));
  }

  /** {@code {"deviation": <number>, "mean": <number>}}. */
  private static JsonNode moments(Node node, FitState state) {
    Moments moments = state.as(Moments.class);
    Fit.requireValues(node, moments.count());
    double mean = moments.mean() + 0.0; // JSON has no -0.0
    double deviation = moments.populationStandardDeviation();
    Fit.requireFinite(node, mean, deviation);
    return CanonicalJson.object().put("mean", mean).put("deviation", deviation);
  }

  private static Kernel kernel(double mean, double deviation) {
    double divisor = deviation == 0 ? 1 : deviation;
    return Kernel.simple(column -> scale(column, mean, divisor));
  }

  private static Column scale(Column column, double mean, double divisor) {
    double[] values = Numbers.doubles(column);
    double[] scaled = new double[values.length];
    for (int row = 0; row < scaled.length; row++) {
      scaled[row] = (values[row] - mean) / divisor;
    }
    return DoubleColumn.of(scaled, column.nulls());
  }
}
