package io.github.beamml.core.row;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchCodec;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** Codes batches of one schema with {@link RowBatchCodec}; never leaves a transform of ours. */
public final class RowBatchCoder extends CustomCoder<RowBatch> {
  private static final long serialVersionUID = 1L;

  private final RowSchema schema;

  private RowBatchCoder(RowSchema schema) {
    this.schema = schema;
  }

  public static RowBatchCoder of(RowSchema schema) {
    return new RowBatchCoder(schema);
  }

  @Override
  public void encode(RowBatch batch, OutputStream out) throws IOException {
    new RowBatchCodec(schema).encode(batch, out);
  }

  @Override
  public RowBatch decode(InputStream in) throws IOException {
    return new RowBatchCodec(schema).decode(in);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "a dictionary's order follows the data");
  }
}
