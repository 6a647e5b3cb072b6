package io.github.beamml.training;

import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Puts batches, with the part they belong to, under one key: they come together on one worker. */
final class OneKeyFn extends DoFn<RowBatch, KV<Integer, KV<Integer, RowBatch>>> {
  private static final long serialVersionUID = 1L;

  private final int part;

  OneKeyFn(int part) {
    this.part = part;
  }

  static KvCoder<Integer, KV<Integer, RowBatch>> coder(RowSchema schema) {
    return KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), RowBatchCoder.of(schema)));
  }

  @ProcessElement
  public void process(
      @Element RowBatch batch, OutputReceiver<KV<Integer, KV<Integer, RowBatch>>> output) {
    output.output(KV.of(0, KV.of(part, batch)));
  }
}
