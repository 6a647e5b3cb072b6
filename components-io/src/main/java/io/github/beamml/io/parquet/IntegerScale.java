package io.github.beamml.io.parquet;

import io.github.beamml.engine.CannotException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How the integers of a column become those of a row, where instants are microseconds.
 *
 * @param factor microseconds of a unit; 1 for plain integers
 * @param divisor units of a microsecond; 1 for plain integers
 */
record IntegerScale(String column, long factor, long divisor) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  static IntegerScale of(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return new IntegerScale(type.getName(), MICROS_PER_DAY, 1);
    }
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp) {
      return switch (timestamp.getUnit()) {
        case MILLIS -> new IntegerScale(type.getName(), 1000, 1);
        case MICROS -> new IntegerScale(type.getName(), 1, 1);
        case NANOS -> new IntegerScale(type.getName(), 1, 1000);
      };
    }
    return new IntegerScale(type.getName(), 1, 1);
  }

  /**
   * @throws CannotException if the value is finer than a microsecond or too far away
   */
  long apply(long value) {
    if (value % divisor != 0) {
      throw CannotException.to("read column " + column, "an instant is finer than a microsecond");
    }
    if (Math.multiplyHigh(value / divisor, factor) != value / divisor * factor >> 63) {
      throw CannotException.to("read column " + column, "an instant is too far away");
    }
    return value / divisor * factor;
  }
}
