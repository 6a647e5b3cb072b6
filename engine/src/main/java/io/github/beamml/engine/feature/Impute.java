package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.exact.ExactSum;
import io.github.beamml.engine.exact.TermCount;
import io.github.beamml.engine.exact.TermCounts;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code impute}: puts a value where a column has none (null, and NaN in doubles), in place; the
 * result is never null. As scikit-learn's {@code SimpleImputer}.
 *
 * <ul>
 *   <li>{@code mean}: the correctly rounded mean of the values there are. INT64 and DOUBLE; becomes
 *       DOUBLE. Infinite values are refused. State: exact sum.
 *   <li>{@code median}: the middle value, or the mean of the two middle ones. INT64 and DOUBLE;
 *       becomes DOUBLE. State: quantile cells; exact in one pass while there are at most 131,072
 *       distinct values, else with the rank error that the fitted features state; {@code exact:
 *       true} makes further passes.
 *   <li>{@code most_frequent}: of equally frequent values the smallest (strings by UTF-8 bytes).
 *       STRING, INT64, DOUBLE, BOOLEAN. State: term counts, which grow with the distinct values.
 *   <li>{@code constant}: {@code value}, of the column's type. Nothing is fitted.
 * </ul>
 *
 * <p>With {@code indicator: true} a BOOLEAN column {@code <column>_missing} says which rows were
 * filled. A column without any value cannot be fitted: {@code Cannot fit features[0].impute: column
 * temp has no values}.
 */
public final class Impute extends ColumnsStep {
  static final String NAME = "impute";
  private static final Set<ValueType> AVERAGED = EnumSet.of(ValueType.DOUBLE, ValueType.INT64);
  private static final Set<ValueType> COUNTED =
      EnumSet.of(ValueType.STRING, ValueType.INT64, ValueType.DOUBLE, ValueType.BOOLEAN);

  /** What is put where there is no value. */
  enum With {
    MEAN,
    MEDIAN,
    MOST_FREQUENT,
    CONSTANT
  }

  private final With with;
  private final @Nullable JsonNode value;
  private final boolean indicator;
  private final boolean exact;

  private Impute(
      Columns columns, With with, @Nullable JsonNode value, boolean indicator, boolean exact) {
    super(columns);
    this.with = with;
    this.value = value;
    this.indicator = indicator;
    this.exact = exact;
  }

  static Impute of(String... columns) {
    return new Impute(Columns.of(columns), With.MEAN, null, false, false);
  }

  static Impute read(Parameters parameters) {
    With with = parameters.choice("with", With.class, With.MEAN);
    JsonNode value = parameters.scalar("value");
    if (with == With.CONSTANT && value == null) {
      throw parameters.invalid("value", "nothing", "given with `with: constant`");
    }
    if (with != With.CONSTANT && value != null) {
      throw parameters.invalid("value", value, "left out unless `with: constant`");
    }
    boolean exact = parameters.flag("exact");
    if (exact && with != With.MEDIAN) {
      throw parameters.invalid("exact", true, "left out unless `with: median`");
    }
    return new Impute(parameters.columns(), with, value, parameters.flag("indicator"), exact);
  }

  /** With the mean: the default. */
  public Impute withMean() {
    return new Impute(columns(), With.MEAN, null, indicator, false);
  }

  /** With the median. */
  public Impute withMedian() {
    return new Impute(columns(), With.MEDIAN, null, indicator, exact);
  }

  /** With the most frequent value. */
  public Impute withMostFrequent() {
    return new Impute(columns(), With.MOST_FREQUENT, null, indicator, false);
  }

  /** With this number, for DOUBLE columns, and INT64 ones if it is whole. */
  public Impute withConstant(double number) {
    return constant(Parameters.number("value", number));
  }

  /** With this text, for STRING columns. */
  public Impute withConstant(String text) {
    return constant(CanonicalJson.object().textNode(text));
  }

  private Impute constant(JsonNode constant) {
    return new Impute(columns(), With.CONSTANT, constant, indicator, false);
  }

  /** Adds {@code <column>_missing}. */
  public Impute indicator() {
    return new Impute(columns(), with, value, true, exact);
  }

  /** Makes the median exact, in further passes where that takes them. */
  public Impute exact() {
    return new Impute(columns(), with, value, indicator, true);
  }

  /** The names of the outputs, one for each column, instead of the columns' own. */
  public Impute as(String... outputs) {
    return new Impute(columns().withAs(outputs), with, value, indicator, exact);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    parameters.put("with", with.name().toLowerCase(Locale.ROOT));
    if (value != null) {
      parameters.set("value", value);
    }
    parameters.put("indicator", indicator);
    if (with == With.MEDIAN) {
      parameters.put("exact", exact);
    }
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    boolean averaged = with == With.MEAN || with == With.MEDIAN;
    int input = scope.column(column, columns().key(), averaged ? AVERAGED : COUNTED);
    ValueType type = averaged ? ValueType.DOUBLE : scope.value(input).type();
    String name = outputName(position, column);
    int[] inputs = {input};
    List<Scope.Output> outputs = List.of(new Scope.Output(name, type, false));
    Node.KernelFactory kernels = fitted -> Kernel.simple(filler(type, fitted));
    if (value != null) {
      Object constant = constantOf(scope, type, value);
      scope.compute(column, inputs, outputs, outputKey(), Kernel.simple(fill(type, constant)));
    } else {
      scope.fit(column, inputs, outputs, outputKey(), fit(type), kernels);
    }
    if (indicator) {
      Scope.Output missing = new Scope.Output(name + "_missing", ValueType.BOOLEAN, false);
      scope.compute(column, inputs, List.of(missing), outputKey(), Kernel.simple(Impute::missing));
    }
  }

  private static Object constantOf(Scope scope, ValueType type, JsonNode value) {
    boolean whole = value.isNumber() && value.doubleValue() == (double) value.longValue();
    boolean fits =
        switch (type) {
          case STRING -> value.isTextual() && Utf8.isWellFormed(value.textValue());
          case DOUBLE -> value.isNumber();
          case INT64 -> whole;
          case BOOLEAN -> value.isBoolean();
          default -> false;
        };
    if (!fits) {
      throw InvalidInputException.of(scope.place("value"), value, "of type " + type.label());
    }
    return switch (type) {
      case STRING -> value.textValue();
      case DOUBLE -> value.doubleValue() + 0.0;
      case INT64 -> value.longValue();
      default -> value.booleanValue() ? 1L : 0L;
    };
  }

  private Fit fit(ValueType type) {
    return switch (with) {
      case MEAN -> Fit.of(FitState.Kind.SUM, "mean", Impute::mean);
      case MEDIAN -> QuantileFit.median(exact);
      default ->
          Fit.of(
              FitState.Kind.TERMS,
              "most frequent value",
              (node, state) -> mostFrequent(type, node, state));
    };
  }

  /** {@code {"value": <number>}}. */
  private static JsonNode mean(Node node, FitState state) {
    ExactSum sum = state.as(ExactSum.class);
    Fit.requireValues(node, sum.count());
    Fit.requireFinite(node, sum.mean());
    return CanonicalJson.object().put("value", sum.mean() + 0.0);
  }

  /** {@code {"term": <text>}}, of doubles their hexadecimal digits. */
  private static JsonNode mostFrequent(ValueType type, Node node, FitState state) {
    TermCounts counts = state.as(TermCounts.class);
    Fit.requireValues(node, counts.total());
    List<TermCount> best = counts.select(counts.select(1, 1).get(0).count(), Integer.MAX_VALUE);
    List<String> terms = new ArrayList<>(best.stream().map(TermCount::term).toList());
    terms.sort(
        (a, b) ->
            switch (type) {
              case DOUBLE ->
                  Double.compare(CanonicalJson.parseFloat64(a), CanonicalJson.parseFloat64(b));
              case INT64 -> Long.compare(Long.parseLong(a), Long.parseLong(b));
              default -> Utf8.ORDER.compare(a, b);
            });
    return CanonicalJson.object().put("term", terms.get(0));
  }

  private static Kernel.Simple filler(ValueType type, JsonNode fitted) {
    if (fitted.has("value")) {
      return fill(type, Fitted.number(fitted, "value"));
    }
    if (fitted.has("values")) {
      return fill(type, Fitted.doubles(fitted, "values", 1)[0]);
    }
    String term = Fitted.text(fitted, "term");
    return switch (type) {
      case STRING -> fill(type, term);
      case DOUBLE -> fill(type, CanonicalJson.parseFloat64(term));
      case INT64 -> fill(type, Long.parseLong(term));
      default -> fill(type, Boolean.parseBoolean(term) ? 1L : 0L);
    };
  }

  private static Kernel.Simple fill(ValueType type, Object value) {
    return switch (type) {
      case STRING -> column -> fillStrings((StringColumn) column, (String) value);
      case DOUBLE -> column -> fillDoubles(column, (Double) value);
      default -> column -> fillLongs((LongColumn) column, (Long) value);
    };
  }

  private static Column fillDoubles(Column column, double value) {
    double[] filled = Numbers.doubles(column).clone();
    for (int row = 0; row < filled.length; row++) {
      filled[row] = Double.isNaN(filled[row]) ? value : filled[row];
    }
    if (column.hasNulls()) {
      for (int row = 0; row < filled.length; row++) {
        filled[row] = column.isNull(row) ? value : filled[row];
      }
    }
    return DoubleColumn.of(filled, null);
  }

  private static Column fillLongs(LongColumn column, long value) {
    if (!column.hasNulls()) {
      return column;
    }
    long[] filled = column.values().clone();
    for (int row = 0; row < filled.length; row++) {
      filled[row] = column.isNull(row) ? value : filled[row];
    }
    return LongColumn.of(column.type(), filled, null);
  }

  private static Column fillStrings(StringColumn column, String value) {
    if (!column.hasNulls()) {
      return column;
    }
    String[] dictionary = Arrays.copyOf(column.dictionary(), column.dictionary().length + 1);
    dictionary[dictionary.length - 1] = value;
    int[] codes = column.codes().clone();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = column.isNull(row) ? dictionary.length - 1 : codes[row];
    }
    return StringColumn.of(dictionary, codes, null);
  }

  private static Column missing(Column column) {
    long[] missing = new long[column.size()];
    for (int row = 0; row < missing.length; row++) {
      missing[row] = Nulls.isNull(column.nulls(), row) ? 1 : 0;
    }
    if (column instanceof DoubleColumn doubles) {
      for (int row = 0; row < missing.length; row++) {
        missing[row] |= Double.isNaN(doubles.get(row)) ? 1 : 0;
      }
    }
    return LongColumn.of(ValueType.BOOLEAN, missing, null);
  }
}
