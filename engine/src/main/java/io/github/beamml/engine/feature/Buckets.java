package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.List;

/**
 * {@code buckets}: the number of the bucket between given boundaries; adds {@code <column>_bucket}.
 * Nothing is fitted.
 *
 * <p>A value's bucket is how many boundaries are not greater than it: 0 below the first, and a
 * boundary belongs to the bucket above. DOUBLE, INT64 or BOOLEAN in, INT64 out. Null and NaN become
 * null. Infinities are values.
 */
public final class Buckets extends ColumnsStep {
  static final String NAME = "buckets";

  private final double[] boundaries;

  private Buckets(Columns columns, double[] boundaries) {
    super(columns);
    this.boundaries = boundaries;
  }

  static Buckets of(String... columns) {
    return new Buckets(Columns.of(columns), new double[0]);
  }

  static Buckets read(Parameters parameters) {
    double[] boundaries = parameters.reals("boundaries");
    try {
      return new Buckets(parameters.columns(), checked(boundaries));
    } catch (InvalidInputException e) {
      throw e.getMessage() != null && e.getMessage().startsWith("Invalid boundaries")
          ? parameters.atPlace(e)
          : e;
    }
  }

  /**
   * @param ascending the boundaries, finite
   * @throws InvalidInputException unless there is at least one and each is greater than the last
   */
  public Buckets boundaries(double... ascending) {
    return new Buckets(columns(), checked(ascending));
  }

  private static double[] checked(double[] boundaries) {
    if (boundaries.length == 0) {
      throw InvalidInputException.of("boundaries", "[]", "at least one number");
    }
    double[] checked = new double[boundaries.length];
    for (int i = 0; i < checked.length; i++) {
      checked[i] = Parameters.number("boundaries", boundaries[i]).doubleValue();
      if (i > 0 && !(checked[i] > checked[i - 1])) {
        throw InvalidInputException.of("boundaries", boundaries[i], "greater than the one before");
      }
    }
    return checked;
  }

  /** The names of the outputs, one for each column, instead of {@code <column>_bucket}. */
  public Buckets as(String... outputs) {
    return new Buckets(columns().withAs(outputs), boundaries);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    ArrayNode array = parameters.putArray("boundaries");
    Arrays.stream(boundaries).forEach(array::add);
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    if (boundaries.length == 0) {
      throw InvalidInputException.of(scope.place("boundaries"), "[]", "at least one number");
    }
    int input = scope.column(column, columns().key(), Scope.NUMERIC);
    String name = outputName(position, column + "_bucket");
    scope.compute(
        column,
        new int[] {input},
        List.of(new Scope.Output(name, ValueType.INT64, true)),
        outputKey(),
        Bucketing.kernel(boundaries));
  }
}
