package io.github.beamml.workflow.stage;

import io.github.beamml.core.row.BadRecords;
import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Dead letters as rows of a dataset. */
final class LetterBatchFn extends DoFn<BadRecord, KV<Integer, RowBatch>> {
  private static final long serialVersionUID = 1L;
  private static final int PARTITIONS = 4;

  static final RowSchema SCHEMA = BadRecords.SCHEMA.with(Field.ROW_KEY);

  static KvCoder<Integer, RowBatch> coder() {
    return KvCoder.of(VarIntCoder.of(), RowBatchCoder.of(SCHEMA));
  }

  @ProcessElement
  public void process(@Element BadRecord bad, OutputReceiver<KV<Integer, RowBatch>> output) {
    RowBatch row = RowKey.of(List.of()).attach(BadRecords.toBatch(List.of(bad)));
    byte[] key = row.bytes(row.schema().position(Field.ROW_KEY.name())).get(0);
    output.output(KV.of((key[0] & 0xff) % PARTITIONS, row));
  }
}
