package io.github.beamml.io;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A closed window of event time: from an instant to before another.
 *
 * @param column the timestamp column
 * @param from microseconds since 1970-01-01T00:00:00Z
 * @param to likewise
 */
public record EventWindow(String column, long from, long to) implements Serializable {
  public EventWindow {
    if (from >= to) {
      throw InvalidInputException.of(
          "window", from + " to " + to, "from an instant to a later one");
    }
  }

  /** Every row is inside. */
  public static EventWindow unbounded() {
    return new EventWindow("", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Whether rows of this schema can be cut by it.
   *
   * @throws InvalidInputException if the column is not there or no timestamp
   */
  void check(RowSchema schema) {
    if (column.isEmpty()) {
      return;
    }
    Field field = schema.field(schema.position(column, "event_time"));
    if (field.type() != ValueType.TIMESTAMP) {
      throw InvalidInputException.of("event_time", field.typeLabel(), "a column of timestamps");
    }
  }

  /** The rows inside; those without an event time are outside. */
  public RowBatch inside(RowBatch batch) {
    if (column.isEmpty()) {
      return batch;
    }
    LongColumn times = (LongColumn) batch.column(column);
    int[] rows = new int[batch.size()];
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (!times.isNull(row) && times.get(row) >= from && times.get(row) < to) {
        rows[count++] = row;
      }
    }
    return count == batch.size() ? batch : batch.take(Arrays.copyOf(rows, count));
  }
}
