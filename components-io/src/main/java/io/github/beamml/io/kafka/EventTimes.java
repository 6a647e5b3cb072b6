package io.github.beamml.io.kafka;

import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** When the events of a batch happened, in milliseconds that Beam can hold. */
final class EventTimes {
  private static final long MICROS_PER_MILLI = 1000;

  private EventTimes() {}

  /**
   * A row's event time: its column's, or where that is null or not named, the record's own.
   *
   * @param column the timestamp column, or empty
   */
  static long millis(RowBatch batch, int row, String column) {
    if (!column.isEmpty()) {
      LongColumn times = (LongColumn) batch.column(column);
      if (!times.isNull(row)) {
        return clamp(Math.floorDiv(times.get(row), MICROS_PER_MILLI));
      }
    }
    return clamp(((LongColumn) batch.column(KafkaStreamSource.RECORD_TIME.name())).get(row));
  }

  static long clamp(long millis) {
    return Math.max(
        BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(),
        Math.min(millis, BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()));
  }
}
