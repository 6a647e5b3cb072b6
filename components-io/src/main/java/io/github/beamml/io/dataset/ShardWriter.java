package io.github.beamml.io.dataset;

import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.artifact.Manifest;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.ShardSink;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one Parquet file and learns its size, checksum and fingerprint on the way. */
final class ShardWriter {
  private final String part;
  private final String name;
  private final DigestingStream stream;
  private final ParquetBatchWriter writer;
  private Fingerprint fingerprint = Fingerprint.empty();

  private ShardWriter(String part, String name, DigestingStream stream, ParquetBatchWriter writer) {
    this.part = part;
    this.name = name;
    this.stream = stream;
    this.writer = writer;
  }

  static ShardWriter open(String folder, String part, String shard, RowSchema schema)
      throws IOException {
    String name = Dataset.folderOf(part) + "/shard-" + shard + ".parquet";
    DigestingStream stream = new DigestingStream(ShardSink.create(folder + "/" + name));
    return new ShardWriter(part, name, stream, ParquetBatchWriter.open(stream, schema));
  }

  void write(RowBatch batch) throws IOException {
    writer.write(batch);
    fingerprint = fingerprint.plus(Fingerprint.of(batch));
  }

  ShardFile finish() throws IOException {
    writer.close();
    Manifest.FileEntry file =
        new Manifest.FileEntry(name, stream.size, Digest.ofHash(stream.sha256.finish()));
    return new ShardFile(part, file, fingerprint);
  }

  private static final class DigestingStream extends FilterOutputStream {
    private final Sha256 sha256 = new Sha256();
    private long size;

    DigestingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      sha256.update(bytes, offset, length);
      size += length;
    }
  }
}
