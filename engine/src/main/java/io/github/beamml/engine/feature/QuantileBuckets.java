package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;

/**
 * {@code quantile_buckets}: the number of the bucket, of {@code buckets} buckets that the training
 * rows fill about equally; adds {@code <column>_bucket}. As scikit-learn's {@code KBinsDiscretizer}
 * with ordinal codes and quantiles by the inverted distribution function.
 *
 * <p>Boundary i of n is the value with rank ceil(i * count / n) among the values that are neither
 * null nor NaN; equal boundaries, and those equal to the least or the greatest value, are dropped,
 * so that there may be fewer buckets. A value's bucket is how many boundaries are not greater than
 * it: from 0. DOUBLE, INT64 or BOOLEAN in, INT64 out. Null and NaN become null. Infinities are
 * values. A column without any value cannot be fitted.
 *
 * <p>State: quantile cells; exact in one pass while there are at most 131,072 distinct values, else
 * with the rank error that the fitted features state; {@code exact: true} makes further passes.
 */
public final class QuantileBuckets extends ColumnsStep {
  static final String NAME = "quantile_buckets";
  private static final int DEFAULT_BUCKETS = 10;

  private final int buckets;
  private final boolean exact;

  private QuantileBuckets(Columns columns, int buckets, boolean exact) {
    super(columns);
    this.buckets = buckets;
    this.exact = exact;
  }

  static QuantileBuckets of(String... columns) {
    return new QuantileBuckets(Columns.of(columns), DEFAULT_BUCKETS, false);
  }

  static QuantileBuckets read(Parameters parameters) {
    return new QuantileBuckets(
        parameters.columns(),
        parameters.integer("buckets", DEFAULT_BUCKETS, 2),
        parameters.flag("exact"));
  }

  /** So many buckets, at least 2; 10 unless said otherwise. */
  public QuantileBuckets buckets(int count) {
    return new QuantileBuckets(columns(), Parameters.requireAtLeast("buckets", count, 2), exact);
  }

  /** Makes the boundaries exact, in further passes where that takes them. */
  public QuantileBuckets exact() {
    return new QuantileBuckets(columns(), buckets, true);
  }

  /** The names of the outputs, one for each column, instead of {@code <column>_bucket}. */
  public QuantileBuckets as(String... outputs) {
    return new QuantileBuckets(columns().withAs(outputs), buckets, exact);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    parameters.put("buckets", buckets).put("exact", exact);
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    int input = scope.column(column, columns().key(), Scope.NUMERIC);
    String name = outputName(position, column + "_bucket");
    fit(
        scope,
        column,
        input,
        new Scope.Output(name, ValueType.INT64, true),
        QuantileFit.quantiles(buckets, exact),
        this::kernel);
  }

  private Kernel kernel(JsonNode fitted) {
    double[] edges =
        Arrays.stream(Fitted.doubles(fitted, "values", buckets + 1)).distinct().toArray();
    // the outermost edges are the least and the greatest value: buckets have no outer limit
    return Bucketing.kernel(
        edges.length < 3 ? new double[0] : Arrays.copyOfRange(edges, 1, edges.length - 1));
  }
}
