package io.github.beamml.io.file;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.util.MimeTypes;

/** Writes each split into a file of its own in one folder and gives the file's name. */
public final class ShardSink implements BatchSink<String> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final String suffix;
  private final Format format;

  /** Begins a file of some format. */
  public interface Format extends Serializable {
    ShardWriter open(OutputStream stream, RowSchema schema) throws IOException;
  }

  /** Writes one file; closing completes it. */
  public interface ShardWriter extends Closeable {
    void write(RowBatch batch) throws IOException;
  }

  /**
   * @param suffix of the files' names, such as {@code .parquet}
   */
  public ShardSink(String folder, String suffix, Format format) {
    this.folder = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    this.suffix = suffix;
    this.format = format;
  }

  @Override
  public Coder<String> coder() {
    return StringUtf8Coder.of();
  }

  /** Opens a file of any file system that Beam knows for writing. */
  public static OutputStream create(String file) throws IOException {
    return Channels.newOutputStream(
        FileSystems.create(FileSystems.matchNewResource(file, false), MimeTypes.BINARY));
  }

  @Override
  public Writer open(RowSchema schema, String shard, Consumer<String> output) throws IOException {
    String file = folder + "/shard-" + shard + suffix;
    ShardWriter writer = format.open(create(file), schema);
    return new Writer() {
      @Override
      public void write(RowBatch batch) throws IOException {
        writer.write(batch);
      }

      @Override
      public void finish() throws IOException {
        writer.close();
        output.accept(file);
      }
    };
  }
}
