package io.github.beamml.core.chain;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/** Unpacks batches into Beam rows. */
final class RowSink implements BatchSink<Row> {
  private static final long serialVersionUID = 1L;

  private final Schema schema;

  RowSink(RowSchema schema) {
    this.schema = BeamRows.toBeamSchema(schema);
  }

  Schema beamSchema() {
    return schema;
  }

  @Override
  public Coder<Row> coder() {
    return RowCoder.of(schema);
  }

  @Override
  public Writer open(RowSchema rowSchema, String shard, Consumer<Row> output) {
    return new Writer() {
      @Override
      public void write(RowBatch batch) {
        for (int row = 0; row < batch.size(); row++) {
          output.accept(BeamRows.toRow(schema, batch, row));
        }
      }

      @Override
      public void finish() {}
    };
  }
}
