package io.github.beamml.core.row;

import io.github.beamml.engine.row.BadRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Codes dead letters: the record's bytes, then reason, message, component and origin. */
public final class BadRecordCoder extends CustomCoder<BadRecord> {
  private static final long serialVersionUID = 1L;
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private BadRecordCoder() {}

  public static BadRecordCoder of() {
    return new BadRecordCoder();
  }

  @Override
  public void encode(BadRecord bad, OutputStream out) throws IOException {
    BYTES.encode(bad.record(), out);
    TEXT.encode(bad.reason(), out);
    TEXT.encode(bad.message(), out);
    TEXT.encode(bad.component(), out);
    TEXT.encode(bad.origin(), out);
  }

  @Override
  public BadRecord decode(InputStream in) throws IOException {
    return new BadRecord(
        BYTES.decode(in), TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TEXT.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
