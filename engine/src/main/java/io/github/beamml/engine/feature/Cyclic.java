package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.LocalTime;
import io.github.beamml.engine.time.ZoneRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code cyclic}: parts of a time as points on a circle, so that 23 h lies beside 0 h; adds {@code
 * <column>_<part>_sin} and {@code <column>_<part>_cos} for each part.
 *
 * <p>With k the part counted from 0 and n its period: sin(2 pi k / n) and cos(2 pi k / n), by
 * {@link StrictMath}. Parts: {@code hour} (n = 24), {@code minute_of_day} (1440), {@code weekday}
 * (7, from Monday), {@code day_of_month} (31), {@code day_of_year} (365, in leap years 366), {@code
 * month} (12). Local time is that of {@code zone} by ICU4J's tzdata; UTC unless said otherwise.
 * TIMESTAMP in, DOUBLE out. Null stays null. Nothing is fitted. {@code as} names the outputs {@code
 * <as>_<part>_sin} and so on.
 */
public final class Cyclic extends ColumnsStep {
  static final String NAME = "cyclic";

  /** A part of a time and how it is counted. */
  enum Part {
    HOUR,
    MINUTE_OF_DAY,
    WEEKDAY,
    DAY_OF_MONTH,
    DAY_OF_YEAR,
    MONTH;

    private int period() {
      return switch (this) {
        case HOUR -> 24;
        case MINUTE_OF_DAY -> 1440;
        case WEEKDAY -> 7;
        case DAY_OF_MONTH -> 31;
        case DAY_OF_YEAR -> 365;
        case MONTH -> 12;
      };
    }

    private int of(long local) {
      return switch (this) {
        case HOUR -> LocalTime.hour(local);
        case MINUTE_OF_DAY -> LocalTime.minuteOfDay(local);
        case WEEKDAY -> LocalTime.weekday(local) - 1;
        case DAY_OF_MONTH -> LocalTime.dayOfMonth(local) - 1;
        case DAY_OF_YEAR ->
            LocalTime.dayOfYear(local)
                - 1
                + (LocalTime.isLeapYear(LocalTime.year(local)) ? period() : 0);
        case MONTH -> LocalTime.month(local) - 1;
      };
    }

    /**
     * The angles of all that {@link #of} gives; a leap year's days stand behind the common ones.
     */
    private double[] angles() {
      int period = period();
      double[] angles = new double[this == DAY_OF_YEAR ? 2 * period + 1 : period];
      for (int k = 0; k < angles.length; k++) {
        angles[k] =
            k < period ? 2 * Math.PI * k / period : 2 * Math.PI * (k - period) / (period + 1);
      }
      return angles;
    }
  }

  private final Set<Part> parts;
  private final String zone;

  private Cyclic(Columns columns, Set<Part> parts, String zone) {
    super(columns);
    this.parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
    this.zone = zone;
  }

  static Cyclic of(String column) {
    return new Cyclic(Columns.of(column), EnumSet.noneOf(Part.class), ZoneRules.UTC.id());
  }

  static Cyclic read(Parameters parameters, String defaultZone) {
    List<Part> parts = parameters.choices("parts", Part.class);
    if (parts.isEmpty()) {
      throw parameters.invalid("parts", "nothing", "a list such as [hour, weekday]");
    }
    String zone = parameters.text("zone");
    String chosen = zone == null ? defaultZone : zone;
    parameters.zone("zone", chosen);
    return new Cyclic(parameters.columns(), EnumSet.copyOf(parts), chosen);
  }

  /** The hour of the day. */
  public Cyclic hour() {
    return with(Part.HOUR);
  }

  /** The minute of the day. */
  public Cyclic minuteOfDay() {
    return with(Part.MINUTE_OF_DAY);
  }

  /** The day of the week. */
  public Cyclic weekday() {
    return with(Part.WEEKDAY);
  }

  /** The day of the month. */
  public Cyclic dayOfMonth() {
    return with(Part.DAY_OF_MONTH);
  }

  /** The day of the year: the season. */
  public Cyclic dayOfYear() {
    return with(Part.DAY_OF_YEAR);
  }

  /** The month. */
  public Cyclic month() {
    return with(Part.MONTH);
  }

  private Cyclic with(Part part) {
    EnumSet<Part> more = EnumSet.of(part);
    more.addAll(parts);
    return new Cyclic(columns(), more, zone);
  }

  /**
   * On the clocks of this zone instead of UTC.
   *
   * @throws InvalidInputException naming the nearest known zone if there is no such zone
   */
  public Cyclic zone(String id) {
    return new Cyclic(columns(), parts, ZoneRules.of(id).id());
  }

  /** The beginning of the outputs' names instead of the column's. */
  public Cyclic as(String... outputs) {
    return new Cyclic(columns().withAs(outputs), parts, zone);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void writeParameters(ObjectNode parameters) {
    super.writeParameters(parameters);
    ArrayNode array = parameters.putArray("parts");
    parts.forEach(part -> array.add(Parameters.label(part)));
    parameters.put("zone", zone);
  }

  @Override
  void bindColumn(Scope scope, String column, int position) {
    if (parts.isEmpty()) {
      throw InvalidInputException.of(
          scope.place("parts"), "nothing", "a list such as [hour, weekday]");
    }
    int input = scope.column(column, columns().key(), EnumSet.of(ValueType.TIMESTAMP));
    boolean nullable = scope.value(input).nullable();
    List<Scope.Output> outputs = new ArrayList<>();
    for (Part part : parts) {
      String name = outputName(position, column) + "_" + Parameters.label(part);
      outputs.add(new Scope.Output(name + "_sin", ValueType.DOUBLE, nullable));
      outputs.add(new Scope.Output(name + "_cos", ValueType.DOUBLE, nullable));
    }
    scope.compute(column, new int[] {input}, outputs, outputKey(), kernel());
  }

  private Kernel kernel() {
    ZoneRules rules = ZoneRules.of(zone);
    List<Part> ordered = List.copyOf(parts);
    double[][] sines = new double[ordered.size()][];
    double[][] cosines = new double[ordered.size()][];
    for (int i = 0; i < sines.length; i++) {
      double[] angles = ordered.get(i).angles();
      sines[i] = new double[angles.length];
      cosines[i] = new double[angles.length];
      for (int k = 0; k < angles.length; k++) {
        sines[i][k] = StrictMath.sin(angles[k]);
        cosines[i][k] = StrictMath.cos(angles[k]);
      }
    }
    return (inputs, rows, rejections) -> {
      long[] local = local((LongColumn) inputs[0], rules);
      Column[] outputs = new Column[2 * sines.length];
      for (int i = 0; i < sines.length; i++) {
        double[] sine = new double[rows];
        double[] cosine = new double[rows];
        for (int row = 0; row < rows; row++) {
          int k = ordered.get(i).of(local[row]);
          sine[row] = sines[i][k];
          cosine[row] = cosines[i][k];
        }
        outputs[2 * i] = DoubleColumn.of(sine, inputs[0].nulls());
        outputs[2 * i + 1] = DoubleColumn.of(cosine, inputs[0].nulls());
      }
      return outputs;
    };
  }

  private static long[] local(LongColumn column, ZoneRules rules) {
    long[] local = new long[column.size()];
    for (int row = 0; row < local.length; row++) {
      local[row] = column.isNull(row) ? 0 : rules.toLocal(column.get(row));
    }
    return local;
  }
}
