package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.exact.MinMax;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;

/**
 * {@code min_max}: low + (x - min) / (max - min) * (high - low), in place, as scikit-learn's {@code
 * MinMaxScaler}.
 *
 * <p>Minimum and maximum are those of the values that are neither null nor NaN; state: minimum and
 * maximum, exact, one pass. DOUBLE, INT64 or BOOLEAN in, DOUBLE out. Null stays null and NaN stays
 * NaN. A constant column becomes {@code low}. Values beyond the training range go beyond [low,
 * high], unless {@code clip: true}. Infinite values are refused in fitting. A column without any
 * value cannot be fitted.
 */
public final class MinMaxScale extends ColumnsStep {
  static final String NAME = "min_max";

  private final double low;
  private final double high;
  private final boolean clip;

  private MinMaxScale(Columns columns, double low, double high, boolean clip) {
    super(columns);
    this.low = low;
    this.high = high;
    this.clip = clip;
  }

  static MinMaxScale of(String... columns) {
    return new MinMaxScale(Columns.of(columns), 0, 1, false);
  }

  static MinMaxScale read(Parameters parameters) {
    double low = parameters.real("low", 0);
    double high = parameters.real("high", 1);
    if (!(low < high)) {
      throw parameters.invalid("high", high, "greater than low");
    }
    return new MinMaxScale(parameters.columns(), low, high, parameters.flag("clip"));
  }

  /**
   * Into this range instead of [0, 1].
   *
   * @throws InvalidInputException unless both are finite and low is less than high
   */
  public MinMaxScale into(double newLow, double newHigh) {
    double finiteLow = Parameters.number("low", newLow).doubleValue();
    double finiteHigh = Parameters.number("high", newHigh).doubleValue();
    if (!(finiteLow < finiteHigh)) {
      throw InvalidInputException.of("high", newHigh, "greater than low");
    }
    return new MinMaxScale(columns(), finiteLow, finiteHigh, clip);
  }

  /** Cuts values beyond the training range to it. */
  public MinMaxScale clip() {
    return new MinMaxScale(columns(), low, high, true);
  }

  /** The names of the outputs, one for each column, instead of the columns' own. */
  public MinMaxScale as(String... outputs) {
    return new MinMaxScale(columns().withAs(outputs), low, high, clip);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    parameters.put("low", low).put("high", high).put("clip", clip);
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    fitInPlace(
        scope,
        column,
        position,
        Fit.of(FitState.Kind.RANGE, "minimum and maximum", MinMaxScale::range),
        fitted -> kernel(Fitted.number(fitted, "min"), Fitted.number(fitted, "max")));
  }

  /** {@code {"max": <number>, "min": <number>}}. */
  private static JsonNode range(Node node, FitState state) {
    MinMax range = state.as(MinMax.class);
    Fit.requireValues(node, range.count());
    Fit.requireFinite(node, range.min(), range.max());
    return CanonicalJson.object().put("min", range.min()).put("max", range.max());
  }

  private Kernel kernel(double min, double max) {
    if (min == max) {
      return Kernel.simple(column -> scale(column, 1, min, 1));
    }
    // max - min may overflow: then everything is halved before
    double factor = Double.isInfinite(max - min) ? 0.5 : 1;
    return Kernel.simple(
        column -> scale(column, factor, min * factor, max * factor - min * factor));
  }

  private Column scale(Column column, double factor, double start, double range) {
    double[] values = Numbers.doubles(column);
    double[] scaled = new double[values.length];
    double width = high - low;
    for (int row = 0; row < scaled.length; row++) {
      double share = (values[row] * factor - start) / range;
      double value = low + share * width;
      scaled[row] = clip ? Math.min(high, Math.max(low, value)) : value;
    }
    return DoubleColumn.of(scaled, column.nulls());
  }
}
