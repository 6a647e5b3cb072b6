package io.github.beamml.io.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Codes a shard as its line of JSON. */
final class ShardFileCoder extends CustomCoder<ShardFile> {
  private static final long serialVersionUID = 1L;

  static ShardFileCoder of() {
    return new ShardFileCoder();
  }

  @Override
  public void encode(ShardFile shard, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(shard.toLine(), out);
  }

  @Override
  public ShardFile decode(InputStream in) throws IOException {
    return ShardFile.fromLine(StringUtf8Coder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}
}
