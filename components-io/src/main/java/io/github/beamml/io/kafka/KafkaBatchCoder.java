package io.github.beamml.io.kafka;

import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;

/** Codes the rows, then the dead letters. */
final class KafkaBatchCoder extends CustomCoder<KafkaBatch> {
  private static final long serialVersionUID = 1L;
  private static final ListCoder<BadRecord> BAD = ListCoder.of(BadRecordCoder.of());

  private final RowBatchCoder rows;

  private KafkaBatchCoder(RowBatchCoder rows) {
    this.rows = rows;
  }

  static KafkaBatchCoder of(RowSchema schema) {
    return new KafkaBatchCoder(RowBatchCoder.of(schema));
  }

  @Override
  public void encode(KafkaBatch batch, OutputStream out) throws IOException {
    rows.encode(batch.rows(), out);
    BAD.encode(batch.bad(), out);
  }

  @Override
  public KafkaBatch decode(InputStream in) throws IOException {
    var decoded = rows.decode(in);
    List<BadRecord> bad = BAD.decode(in);
    return new KafkaBatch(decoded, bad);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    rows.verifyDeterministic();
  }
}
