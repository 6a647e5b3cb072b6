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

/** Dead letters as rows of a dataset, without their bytes where these may be personal. */
final class LetterBatchFn extends DoFn<BadRecord, KV<Integer, RowBatch>> {
  private static final long serialVersionUID = 1L;
  private static final int PARTITIONS = 4;

  static final RowSchema SCHEMA = BadRecords.SCHEMA.with(Field.ROW_KEY);

  private final boolean dropBytes;

  LetterBatchFn(boolean dropBytes) {
    this.dropBytes = dropBytes;
  }

  static KvCoder<Integer, RowBatch> coder() {
    return KvCoder.of(VarIntCoder.of(), RowBatchCoder.of(SCHEMA));
  }

  @ProcessElement
  public void process(@Element BadRecord bad, OutputReceiver<KV<Integer, RowBatch>> output) {
    BadRecord kept =
        dropBytes
            ? new BadRecord(new byte[0], bad.reason(), bad.message(), bad.component(), bad.origin())
            : bad;
    RowBatch row = RowKey.of(List.of()).attach(BadRecords.toBatch(List.of(kept)));
    byte[] key = row.bytes(row.schema().position(Field.ROW_KEY.name())).get(0);
    output.output(KV.of((key[0] & 0xff) % PARTITIONS, row));
  }
}
