package io.github.beamml.io;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.time.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;
import org.erdtman.jcs.NumberToJSON;

/** Values to the texts that {@link RecordValues} reads back to the same values. */
public final class ValueTexts {
  private ValueTexts() {}

  /**
   * The text of a value that is not null and no array.
   *
   * @throws CannotException if it is NaN or infinite
   */
  public static String of(Field field, Column column, int row) {
    return switch (field.type()) {
      case BOOLEAN -> ((LongColumn) column).get(row) == 0 ? "false" : "true";
      case INT64 -> Long.toString(((LongColumn) column).get(row));
      case DOUBLE -> real(field, ((DoubleColumn) column).get(row));
      case STRING -> ((StringColumn) column).get(row);
      case BYTES ->
          Base64.getEncoder()
              .encodeToString((byte[]) Objects.requireNonNull(((BytesColumn) column).value(row)));
      case TIMESTAMP -> Timestamps.format(((LongColumn) column).get(row));
      case DOUBLES -> throw new IllegalArgumentException(field.toString());
    };
  }

  /** The shortest digits that read back as the same double, on every JDK. */
  public static String real(Field field, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw CannotException.to(
          "write column " + field.name(), "NaN and infinities have no form as text");
    }
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
