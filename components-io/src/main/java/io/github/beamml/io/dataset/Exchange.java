package io.github.beamml.io.dataset;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.values.KV;

/**
 * Sends each row to the partition that its row key belongs to, in batches, so that rows with one
 * key meet and a partition holds the same rows on every runner.
 */
public final class Exchange implements BatchSink<KV<Integer, RowBatch>> {
  private static final long serialVersionUID = 1L;

  private final RowSchema schema;
  private final int partitions;

  private Exchange(RowSchema schema, int partitions) {
    this.schema = schema;
    this.partitions = partitions;
  }

  /**
   * @param schema of the batches that arrive, with {@link Field#ROW_KEY}
   */
  public static Exchange byRowKey(RowSchema schema, int partitions) {
    schema.position(Field.ROW_KEY.name());
    return new Exchange(schema, partitions);
  }

  @Override
  public Coder<KV<Integer, RowBatch>> coder() {
    return KvCoder.of(VarIntCoder.of(), RowBatchCoder.of(schema));
  }

  @Override
  public Writer open(RowSchema batchSchema, String shard, Consumer<KV<Integer, RowBatch>> output) {
    List<List<RowBatch>> pending = new ArrayList<>();
    int[] pendingRows = new int[partitions];
    for (int i = 0; i < partitions; i++) {
      pending.add(new ArrayList<>());
    }
    return new Writer() {
      @Override
      public void write(RowBatch batch) {
        int[][] rows = rowsByPartition(batch);
        for (int partition = 0; partition < partitions; partition++) {
          if (rows[partition].length > 0) {
            pending.get(partition).add(batch.take(rows[partition]));
            pendingRows[partition] += rows[partition].length;
            if (pendingRows[partition] >= RowBatch.DEFAULT_ROWS) {
              flush(partition);
            }
          }
        }
      }

      private void flush(int partition) {
        List<RowBatch> parts = pending.get(partition);
        if (!parts.isEmpty()) {
          output.accept(KV.of(partition, RowBatch.concat(schema, parts)));
          parts.clear();
          pendingRows[partition] = 0;
        }
      }

      @Override
      public void finish() {
        for (int partition = 0; partition < partitions; partition++) {
          flush(partition);
        }
      }
    };
  }

  private int[][] rowsByPartition(RowBatch batch) {
    BytesColumn keys = (BytesColumn) batch.column(Field.ROW_KEY.name());
    int[][] rows = new int[partitions][batch.size()];
    int[] counts = new int[partitions];
    for (int row = 0; row < batch.size(); row++) {
      int partition = partitionOf(keys, row);
      rows[partition][counts[partition]++] = row;
    }
    for (int partition = 0; partition < partitions; partition++) {
      rows[partition] = Arrays.copyOf(rows[partition], counts[partition]);
    }
    return rows;
  }

  private int partitionOf(BytesColumn keys, int row) {
    int at = keys.offset(row);
    byte[] bytes = keys.bytes();
    int leading =
        ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
    return (int) ((long) leading * partitions >>> 24);
  }
}
