package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * A split by time: rows before {@code validation_from} train, rows from there on and before {@code
 * test_from} validate, rows from {@code test_from} on test. Without one of the two that part is
 * empty. A row without a time is in no part.
 *
 * <p>Dates are midnights and times local times of {@code zone}, by ICU4J's tzdata; UTC unless said
 * otherwise.
 */
public final class TimeSplit extends Split {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final @Nullable String validationFrom;
  private final @Nullable String testFrom;
  private final String zone;
  private final long validationMicros;
  private final long testMicros;

  private TimeSplit(
      String column, @Nullable String validationFrom, @Nullable String testFrom, String zone) {
    this.column = column;
    this.validationFrom = validationFrom;
    this.testFrom = testFrom;
    this.zone = zone;
    ZoneRules rules = ZoneRules.of(zone, KEY + ".zone");
    this.testMicros = testFrom == null ? Long.MAX_VALUE : rules.parse(KEY + ".test_from", testFrom);
    this.validationMicros =
        validationFrom == null ? testMicros : rules.parse(KEY + ".validation_from", validationFrom);
    if (testFrom != null && validationMicros > testMicros) {
      throw InvalidInputException.of(
          KEY + ".test_from", testFrom, "not before validation_from " + validationFrom);
    }
  }

  static TimeSplit of(String column) {
    return new TimeSplit(column, null, null, ZoneRules.UTC.id());
  }

  static TimeSplit of(
      String column, @Nullable String validationFrom, @Nullable String testFrom, String zone) {
    return new TimeSplit(column, validationFrom, testFrom, zone);
  }

  /**
   * @param time such as {@code 2013-10-01}, see {@link ZoneRules#parse}
   * @throws InvalidInputException if it is no time, or behind {@code test_from}
   */
  public TimeSplit validationFrom(String time) {
    return new TimeSplit(column, time, testFrom, zone);
  }

  /**
   * @param time such as {@code 2013-11-01}, see {@link ZoneRules#parse}
   * @throws InvalidInputException if it is no time, or before {@code validation_from}
   */
  public TimeSplit testFrom(String time) {
    return new TimeSplit(column, validationFrom, time, zone);
  }

  /**
   * @param id an IANA name such as {@code America/New_York}
   * @throws InvalidInputException naming the nearest known zone if there is no such zone
   */
  public TimeSplit zone(String id) {
    return new TimeSplit(column, validationFrom, testFrom, id);
  }

  @Override
  public void check(RowSchema schema) {
    Field field = schema.field(schema.position(column, KEY + ".by_time"));
    if (field.type() != ValueType.TIMESTAMP) {
      throw InvalidInputException.because(
          KEY + ".by_time",
          "column " + column + " is " + field.type().label() + " (must be timestamp)");
    }
  }

  @Override
  public byte[] assign(RowBatch batch) {
    check(batch.schema());
    LongColumn times = (LongColumn) batch.column(column);
    byte[] codes = new byte[batch.size()];
    for (int row = 0; row < codes.length; row++) {
      long time = times.get(row);
      Part part =
          times.isNull(row)
              ? Part.NONE
              : time >= testMicros
                  ? Part.TEST
                  : time >= validationMicros ? Part.VALIDATION : Part.TRAIN;
      codes[row] = part.code();
    }
    return codes;
  }

  @Override
  public boolean has(Part part) {
    return switch (part) {
      case VALIDATION -> validationFrom != null;
      case TEST -> testFrom != null;
      case TRAIN, NONE -> true;
    };
  }

  @Override
  void writeTo(ObjectNode json) {
    json.put("by_time", column);
    if (validationFrom != null) {
      json.put("validation_from", validationFrom);
    }
    if (testFrom != null) {
      json.put("test_from", testFrom);
    }
    json.put("zone", zone);
  }
}
