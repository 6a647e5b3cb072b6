package io.github.beamml.io.dataset;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;

/**
 * Writes rows as Parquet shards of a dataset artifact: one file a split, or one for each part that
 * the rows of a split belong to.
 */
public final class DatasetSink implements BatchSink<ShardFile> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final List<String> parts;
  private final Partition partition;

  /** Says which part each row belongs to, as a position in the list of parts; -1 leaves it out. */
  public interface Partition extends Serializable {
    byte[] partOf(RowBatch batch);
  }

  private DatasetSink(String folder, List<String> parts, Partition partition) {
    this.folder = folder;
    this.parts = List.copyOf(parts);
    this.partition = partition;
  }

  /**
   * @param folder the artifact's, see {@link io.github.beamml.core.store.Draft#folder}
   */
  public static DatasetSink into(String folder) {
    return new DatasetSink(folder, List.of(""), batch -> new byte[batch.size()]);
  }

  /** Writes each part into files of its own. */
  public static DatasetSink into(String folder, List<String> parts, Partition partition) {
    return new DatasetSink(folder, parts, partition);
  }

  @Override
  public Coder<ShardFile> coder() {
    return ShardFileCoder.of();
  }

  @Override
  public Writer open(RowSchema schema, String shard, Consumer<ShardFile> output) {
    return new PartWriters(schema, shard, output);
  }

  private final class PartWriters implements Writer {
    private final RowSchema schema;
    private final String shard;
    private final Consumer<ShardFile> output;
    private final TreeMap<Integer, ShardWriter> writers = new TreeMap<>();

    PartWriters(RowSchema schema, String shard, Consumer<ShardFile> output) {
      this.schema = schema;
      this.shard = shard;
      this.output = output;
    }

    @Override
    public void write(RowBatch batch) throws IOException {
      byte[] partOfRow = partition.partOf(batch);
      for (int part = 0; part < parts.size(); part++) {
        int[] rows = rowsOf(partOfRow, part);
        if (rows.length > 0) {
          writer(part).write(rows.length == batch.size() ? batch : batch.take(rows));
        }
      }
    }

    private ShardWriter writer(int part) throws IOException {
      ShardWriter writer = writers.get(part);
      if (writer == null) {
        writer = ShardWriter.open(folder, parts.get(part), shard, schema);
        writers.put(part, writer);
      }
      return writer;
    }

    @Override
    public void finish() throws IOException {
      for (ShardWriter writer : writers.values()) {
        output.accept(writer.finish());
      }
    }
  }

  private static int[] rowsOf(byte[] partOfRow, int part) {
    int[] rows = new int[partOfRow.length];
    int count = 0;
    for (int row = 0; row < partOfRow.length; row++) {
      if (partOfRow[row] == part) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }
}
