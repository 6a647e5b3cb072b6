package io.github.beamml.core.chain;

import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;

/** Hands the batches on as they are, for what needs all rows on one worker. */
public final class GatherSink implements BatchSink<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final RowSchema schema;

  private GatherSink(RowSchema schema) {
    this.schema = schema;
  }

  /**
   * @param schema of the batches that arrive
   */
  public static GatherSink of(RowSchema schema) {
    return new GatherSink(schema);
  }

  @Override
  public Coder<RowBatch> coder() {
    return RowBatchCoder.of(schema);
  }

  @Override
  public Writer open(RowSchema batchSchema, String shard, Consumer<RowBatch> output) {
    return new Writer() {
      @Override
      public void write(RowBatch batch) {
        output.accept(batch);
      }

      @Override
      public void finish() {}
    };
  }
}
