package io.github.beamml.io.json;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.core.chain.WriteRows;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.file.FileRange;
import io.github.beamml.io.file.RecordBytes;
import io.github.beamml.io.file.ShardSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Files of one JSON object a line (UTF-8, {@code .gz} too), read by a declared schema as {@link
 * JsonRows} does and written as {@link JsonRowWriter} does. A large file is read in ranges, each on
 * one worker. A dead letter's origin is its file and line, or the byte that the line starts at
 * ({@code events.jsonl@33554511}) in the ranges behind the first, where lines are not counted.
 */
public final class JsonLines {
  private static final long RANGE_BYTES = 32L << 20;

  private JsonLines() {}

  /** Reads files as rows; the first record that does not fit fails. */
  public static PTransform<PBegin, PCollection<Row>> read(String pattern, RowSchema schema) {
    return Chain.from(source(pattern, schema)).intoRows();
  }

  /** The same as the source of a {@link Chain}; a split is a range of 32 MiB, or a {@code .gz}. */
  public static BatchSource<?> source(String pattern, RowSchema schema) {
    return source(pattern, schema, RANGE_BYTES);
  }

  static BatchSource<?> source(String pattern, RowSchema schema, long rangeBytes) {
    return new Source(new FilePattern(pattern), schema, rangeBytes);
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
    return new ShardSink(folder, ".jsonl", JsonLines::open);
  }

  private static ShardSink.ShardWriter open(OutputStream stream, RowSchema schema) {
    JsonRowWriter rows = new JsonRowWriter(schema);
    OutputStream out = new BufferedOutputStream(stream);
    return new ShardSink.ShardWriter() {
      @Override
      public void write(RowBatch batch) throws IOException {
        for (int row = 0; row < batch.size(); row++) {
          out.write(rows.toBytes(batch, row));
          out.write('\n');
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private record Source(FilePattern pattern, RowSchema schema, long rangeBytes)
      implements BatchSource<FileRange> {
    @Override
    public String name() {
      return "read_json";
    }

    @Override
    public List<FileRange> splits() {
      return pattern.ranges(rangeBytes);
    }

    @Override
    public void read(FileRange range, Output output) throws IOException {
      JsonRows rows = new JsonRows(schema);
      RecordBatcher batcher = new RecordBatcher(schema, name(), output);
      try (RecordBytes in = range.open()) {
        // The first line is the first range's even if a byte order mark stands before it.
        long offset = range.isFirst() ? 0 : in.offset();
        for (long number = 1; range.has(offset) && in.readLine(); number++) {
          byte[] line = in.bytes();
          try {
            if (line.length > RecordBytes.MAX_RECORD_BYTES) {
              in.skipRestOfLine();
              throw RecordBytes.tooLong();
            }
            batcher.add(builder -> rows.append(builder, line));
          } catch (RecordReject e) {
            String place = range.isFirst() ? ":" + number : "@" + offset;
            batcher.reject(line, range.file() + place, e);
          }
          offset = in.offset();
        }
      }
      batcher.flush();
    }
  }
}
