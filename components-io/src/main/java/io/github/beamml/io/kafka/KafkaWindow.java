package io.github.beamml.io.kafka;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.WindowedSource;
import io.github.beamml.io.json.JsonRows;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * A closed window of a topic: fixed offset ranges, read without a consumer group, JSON values by a
 * declared schema. The ranges are a snapshot that the driver took (see {@link KafkaSnapshot}), so
 * that a retry reads the same records.
 *
 * <p>Tombstones are dead letters ({@code tombstone}), as are the values that {@link JsonRows}
 * refuses; a dead letter's origin is {@code topic/partition@offset}. A range that the broker no
 * longer has fails the read.
 */
public final class KafkaWindow {
  private KafkaWindow() {}

  /** Reads the window of these ranges as rows; the first bad record fails. */
  public static PTransform<PBegin, PCollection<Row>> read(
      KafkaConnection connection,
      String topic,
      List<OffsetRange> ranges,
      RowSchema schema,
      EventWindow window) {
    return Chain.from(WindowedSource.of(source(connection, topic, ranges, schema), window))
        .intoRows();
  }

  /** All records of these ranges as the source of a {@link Chain}. */
  public static BatchSource<OffsetRange> source(
      KafkaConnection connection, String topic, List<OffsetRange> ranges, RowSchema schema) {
    return new KafkaWindowSource(connection, topic, List.copyOf(ranges), schema);
  }

  /**
   * All records that the topic has when a worker looks. If the pipeline recovers from a failure
   * there, it looks again and the end may have moved: take a snapshot where the same rows are
   * wanted.
   */
  public static BatchSource<OffsetRange> source(
      KafkaConnection connection, String topic, RowSchema schema) {
    return new KafkaWindowSource(connection, topic, null, schema);
  }
}
