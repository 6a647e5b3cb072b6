package io.github.beamml.io.dataset;

import io.github.beamml.core.chain.BatchSink;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowHash;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Brings rows of one key together and writes them, in the order of their keys, one shard a
 * partition.
 *
 * <p>Where the key is declared, one row of a key stays: the one with the greatest (event time, row
 * hash). Where it is not, the key is the content's, all rows stay, and equal ones get keys of their
 * own by their occurrence number.
 *
 * <p>A partition's rows are held in memory by the worker that writes it.
 */
public final class WriteDataset
    extends PTransform<PCollection<KV<Integer, RowBatch>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The shards written. */
  public static final TupleTag<ShardFile> SHARDS = new TupleTag<>("shards") {};

  /** How many rows were dropped as duplicates, by partition, under {@link #DUPLICATES}. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** Name of the count of rows dropped. */
  public static final String DUPLICATES = "duplicates";

  private final RowSchema schema;
  private final RowKey key;
  private final String eventTime;
  private final BatchSink<ShardFile> sink;

  private WriteDataset(RowSchema schema, RowKey key, String eventTime, BatchSink<ShardFile> sink) {
    this.schema = schema;
    this.key = key;
    this.eventTime = eventTime;
    this.sink = sink;
  }

  /**
   * @param schema of the rows, with {@link Field#ROW_KEY}
   * @param key how the row keys were made
   * @param eventTime the timestamp column that decides between duplicates; empty if there is none
   */
  public static WriteDataset of(
      RowSchema schema, RowKey key, String eventTime, BatchSink<ShardFile> sink) {
    return new WriteDataset(schema, key, eventTime, sink);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, RowBatch>> input) {
    PCollectionTuple written =
        input
            .apply("MeetByKey", GroupByKey.create())
            .apply(
                "Deduplicate",
                ParDo.of(new WritePartitionFn(schema, key, eventTime, sink))
                    .withOutputTags(SHARDS, TupleTagList.of(COUNTS)));
    written.get(SHARDS).setCoder(sink.coder());
    written.get(COUNTS).setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    return written;
  }

  private static final class WritePartitionFn
      extends DoFn<KV<Integer, Iterable<RowBatch>>, ShardFile> {
    private static final long serialVersionUID = 1L;

    private final RowSchema schema;
    private final RowKey key;
    private final String eventTime;
    private final BatchSink<ShardFile> sink;

    WritePartitionFn(RowSchema schema, RowKey key, String eventTime, BatchSink<ShardFile> sink) {
      this.schema = schema;
      this.key = key;
      this.eventTime = eventTime;
      this.sink = sink;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<RowBatch>> partition, MultiOutputReceiver receiver)
        throws IOException {
      List<RowBatch> batches = new ArrayList<>();
      partition.getValue().forEach(batches::add);
      RowBatch all = RowBatch.concat(schema, batches);
      RowBatch rows = key.isDeclared() ? onePerKey(all) : numbered(all);
      String shard = partition.getKey() + "-" + UUID.randomUUID();
      BatchSink.Writer writer = sink.open(schema, shard, receiver.get(SHARDS)::output);
      try {
        for (int from = 0; from < rows.size(); from += RowBatch.DEFAULT_ROWS) {
          int to = Math.min(rows.size(), from + RowBatch.DEFAULT_ROWS);
          writer.write(rows.take(IntStream.range(from, to).toArray()));
        }
        writer.finish();
      } catch (IOException | RuntimeException e) {
        writer.abort();
        throw e;
      }
      receiver.get(COUNTS).output(KV.of(DUPLICATES, (long) all.size() - rows.size()));
    }

    private RowBatch onePerKey(RowBatch rows) {
      byte[] hashes = RowHash.ofAll(rows);
      Integer[] order = order(rows, hashes);
      BytesColumn keys = keys(rows);
      int[] kept = new int[rows.size()];
      int count = 0;
      for (int i = 0; i < order.length; i++) {
        boolean last = i + 1 == order.length || compareKeys(keys, order[i], order[i + 1]) != 0;
        if (last) {
          kept[count++] = order[i];
        }
      }
      return rows.take(Arrays.copyOf(kept, count));
    }

    private RowBatch numbered(RowBatch rows) {
      Integer[] order = order(rows, RowHash.ofAll(rows));
      RowBatch sorted = rows.take(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
      BytesColumn keys = keys(sorted);
      byte[] numbered = new byte[sorted.size() * Sha256.BYTES];
      long occurrence = 0;
      for (int row = 0; row < sorted.size(); row++) {
        boolean again = row > 0 && compareKeys(keys, row - 1, row) == 0;
        occurrence = again ? occurrence + 1 : 0;
        byte[] rowKey = RowKey.occurrence(keys.get(row), occurrence);
        System.arraycopy(rowKey, 0, numbered, row * Sha256.BYTES, Sha256.BYTES);
      }
      return sorted.with(Field.ROW_KEY, BytesColumn.ofWidth(numbered, Sha256.BYTES));
    }

    /** By key, then event time, then row hash. */
    private Integer[] order(RowBatch rows, byte[] hashes) {
      BytesColumn keys = keys(rows);
      long[] times =
          eventTime.isEmpty()
              ? new long[rows.size()]
              : ((LongColumn) rows.column(eventTime)).values();
      Integer[] order = IntStream.range(0, rows.size()).boxed().toArray(Integer[]::new);
      Arrays.sort(
          order,
          (a, b) -> {
            int byKey = compareKeys(keys, a, b);
            if (byKey != 0) {
              return byKey;
            }
            int byTime = Long.compare(times[a], times[b]);
            return byTime != 0 ? byTime : compareBytes(hashes, a * Sha256.BYTES, b * Sha256.BYTES);
          });
      return order;
    }

    private static BytesColumn keys(RowBatch rows) {
      return (BytesColumn) rows.column(Field.ROW_KEY.name());
    }

    private static int compareKeys(BytesColumn keys, int a, int b) {
      return compareBytes(keys.bytes(), keys.offset(a), keys.offset(b));
    }

    private static int compareBytes(byte[] bytes, int a, int b) {
      return Arrays.compareUnsigned(bytes, a, a + Sha256.BYTES, bytes, b, b + Sha256.BYTES);
    }
  }
}
