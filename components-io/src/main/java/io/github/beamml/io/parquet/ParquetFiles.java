package io.github.beamml.io.parquet;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.WriteRows;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.file.ShardSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Parquet files as rows and back. See {@link ParquetTypes} for the types. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * Reads all columns of files; the schema is the first file's, found when the pipeline is built.
   *
   * @throws CannotException if there is no file or it cannot be read
   */
  public static PTransform<PBegin, PCollection<Row>> read(String pattern) {
    return Chain.from(source(pattern)).intoRows();
  }

  /** As {@link #read(String)}, as the source of a {@link Chain}; a split is a row group. */
  public static BatchSource<?> source(String pattern) {
    return source(pattern, schemaOf(pattern));
  }

  /** Reads the columns of {@code schema} only. */
  public static BatchSource<?> source(String pattern, RowSchema schema) {
    return new Source(new FilePattern(pattern), schema);
  }

  /**
   * Reads the columns of {@code schema} of all rows in this program: for small tables.
   *
   * @throws CannotException if there is no file or it cannot be read
   */
  public static RowBatch readAll(String pattern, RowSchema schema) {
    List<RowBatch> batches = new ArrayList<>();
    for (String file : new FilePattern(pattern).match()) {
      try (SeekableByteChannel channel = FilePattern.openSeekable(file)) {
        ParquetFileFormat.read(file, channel, schema, 0, Integer.MAX_VALUE, batches::add);
      } catch (IOException e) {
        throw CannotException.to("read " + file, String.valueOf(e.getMessage()), e);
      }
    }
    return RowBatch.concat(schema, batches);
  }

  /**
   * The schema of the first of the files.
   *
   * @throws CannotException if there is no file or it cannot be read
   */
  public static RowSchema schemaOf(String pattern) {
    String file = new FilePattern(pattern).match().get(0);
    try (SeekableByteChannel channel = FilePattern.openSeekable(file)) {
      return ParquetFileFormat.schema(file, channel);
    } catch (IOException e) {
      throw CannotException.to("read " + file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes bounded rows into {@code shards} files of a folder and gives their names. Which file a
   * row is in depends on its content alone.
   */
  public static PTransform<PCollection<Row>, PCollection<String>> write(String folder, int shards) {
    return WriteRows.into(sink(folder), shards);
  }

  /** Writes one file a split, as the sink of a {@link Chain}; gives the files' names. */
  public static BatchSink<String> sink(String folder) {
    return new ShardSink(folder, ".parquet", ParquetFiles::open);
  }

  private static ShardSink.ShardWriter open(OutputStream stream, RowSchema schema)
      throws IOException {
    ParquetBatchWriter writer = ParquetBatchWriter.open(stream, schema);
    return new ShardSink.ShardWriter() {
      @Override
      public void write(RowBatch batch) throws IOException {
        writer.write(batch);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  /** A row group of a file. */
  private record RowGroup(String file, int number) implements Serializable {}

  private record Source(FilePattern pattern, RowSchema schema) implements BatchSource<RowGroup> {
    @Override
    public String name() {
      return "read_parquet";
    }

    @Override
    public List<RowGroup> splits() throws IOException {
      List<RowGroup> splits = new ArrayList<>();
      for (String file : pattern.match()) {
        try (SeekableByteChannel channel = FilePattern.openSeekable(file)) {
          int groups = ParquetFileFormat.rowGroups(file, channel);
          for (int group = 0; group < groups; group++) {
            splits.add(new RowGroup(file, group));
          }
        }
      }
      return splits;
    }

    @Override
    public void read(RowGroup group, Output output) throws IOException {
      try (SeekableByteChannel channel = FilePattern.openSeekable(group.file())) {
        ParquetFileFormat.read(
            group.file(), channel, schema, group.number(), group.number() + 1, output::batch);
      }
    }
  }
}
