package io.github.beamml.io.kafka;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** Unpacks the batches of a stream into rows, each at its own event time, and dead letters. */
final class UnpackFn extends DoFn<KafkaBatch, Row> {
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final String eventTime;
  private final KafkaStream.FailOrKeep failOrKeep;

  UnpackFn(Schema schema, String eventTime, KafkaStream.FailOrKeep failOrKeep) {
    this.schema = schema;
    this.eventTime = eventTime;
    this.failOrKeep = failOrKeep;
  }

  @ProcessElement
  public void process(@Element KafkaBatch batch, MultiOutputReceiver receiver) {
    for (BadRecord bad : batch.bad()) {
      if (failOrKeep == KafkaStream.FailOrKeep.FAIL) {
        throw CannotException.to(
            "continue " + bad.component(), bad.message() + " (" + bad.origin() + ")");
      }
      receiver.get(KafkaStream.ERRORS).output(bad);
    }
    RowBatch rows = batch.rows();
    for (int row = 0; row < rows.size(); row++) {
      receiver
          .get(KafkaStream.ROWS)
          .outputWithTimestamp(
              BeamRows.toRow(schema, rows, row),
              Instant.ofEpochMilli(EventTimes.millis(rows, row, eventTime)));
    }
  }
}
