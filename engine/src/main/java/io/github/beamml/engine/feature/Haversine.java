package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.GreatCircle;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code haversine}: the great-circle distance between two places in kilometres, on a sphere of the
 * Earth's mean radius 6371.0088 km (IUGG):
 *
 * <p>d = 2 R asin(sqrt(sin^2((lat2 - lat1) / 2) + cos(lat1) cos(lat2) sin^2((lon2 - lon1) / 2))),
 * by {@link StrictMath}; the root's argument is cut to at most 1.
 *
 * <p>Four columns in degrees, DOUBLE or INT64; one DOUBLE column out, under the name {@code as}.
 * Null where any is null, NaN where any is NaN or infinite. Nothing is fitted.
 */
public final class Haversine extends Step {
  static final String NAME = "haversine";
  private static final Set<ValueType> DEGREES = EnumSet.of(ValueType.DOUBLE, ValueType.INT64);

  private final List<String> from;
  private final List<String> to;
  private final String as;

  private Haversine(List<String> from, List<String> to, String as) {
    this.from = List.copyOf(from);
    this.to = List.copyOf(to);
    this.as = as;
  }

  static Haversine of(String latitude, String longitude) {
    return new Haversine(List.of(latitude, longitude), List.of(), "distance_km");
  }

  static Haversine read(Parameters parameters) {
    return new Haversine(
        place(parameters, "from"),
        place(parameters, "to"),
        parameters.requiredText("as", "the name of the distance's column"));
  }

  private static List<String> place(Parameters parameters, String name) {
    List<String> columns = parameters.names(name);
    if (columns.size() != 2) {
      throw parameters.invalid(name, columns, "[latitude column, longitude column]");
    }
    return columns;
  }

  /** The columns of the other place. */
  public Haversine to(String latitude, String longitude) {
    return new Haversine(from, List.of(latitude, longitude), as);
  }

  /** The name of the output instead of {@code distance_km}. */
  public Haversine as(String output) {
    return new Haversine(from, to, output);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    ColumnsStep.write(parameters.putArray("from"), from);
    ColumnsStep.write(parameters.putArray("to"), to);
    parameters.put("as", as);
  }

  @Override
  void bind(Scope scope) {
    if (to.isEmpty()) {
      throw InvalidInputException.of(
          scope.place("to"), "nothing", "[latitude column, longitude column]");
    }
    int[] inputs = {
      scope.column(from.get(0), "from", DEGREES),
      scope.column(from.get(1), "from", DEGREES),
      scope.column(to.get(0), "to", DEGREES),
      scope.column(to.get(1), "to", DEGREES)
    };
    boolean nullable = false;
    for (int input : inputs) {
      nullable |= scope.value(input).nullable();
    }
    // no column is named: `as` must be a new name even where it is one of the four
    scope.compute(
        "",
        inputs,
        List.of(new Scope.Output(as, ValueType.DOUBLE, nullable)),
        "as",
        (columns, rows, rejections) -> new Column[] {distances(columns, rows)});
  }

  private static Column distances(Column[] columns, int rows) {
    double[] latitude1 = Numbers.doubles(columns[0]);
    double[] longitude1 = Numbers.doubles(columns[1]);
    double[] latitude2 = Numbers.doubles(columns[2]);
    double[] longitude2 = Numbers.doubles(columns[3]);
    long @Nullable [] nulls = null;
    for (Column column : columns) {
      nulls = Nulls.either(nulls, column.nulls());
    }
    double[] distances = new double[rows];
    for (int row = 0; row < rows; row++) {
      distances[row] =
          Nulls.isNull(nulls, row)
              ? 0
              : GreatCircle.kilometers(
                  latitude1[row], longitude1[row], latitude2[row], longitude2[row]);
    }
    return DoubleColumn.of(distances, nulls);
  }
}
