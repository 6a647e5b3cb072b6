package io.github.beamml.core.chain;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowHash;
import io.github.beamml.engine.row.RowSchema;
import java.io.IOException;
import java.util.UUID;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes bounded rows into a {@link BatchSink} in a fixed number of shards. The shard of a row is a
 * function of its content, never of the worker that holds it, so that a recomputation meets the
 * same rows.
 */
public final class WriteRows<OutT> extends PTransform<PCollection<Row>, PCollection<OutT>> {
  private static final long serialVersionUID = 1L;

  private final BatchSink<OutT> sink;
  private final int shards;

  private WriteRows(BatchSink<OutT> sink, int shards) {
    this.sink = sink;
    this.shards = shards;
  }

  public static <OutT> WriteRows<OutT> into(BatchSink<OutT> sink, int shards) {
    return new WriteRows<>(sink, shards);
  }

  @Override
  public PCollection<OutT> expand(PCollection<Row> input) {
    Schema schema = input.getSchema();
    int count = shards;
    return input
        .apply(
            "ShardByContent",
            WithKeys.<Integer, Row>of(row -> shard(schema, row, count))
                .withKeyType(TypeDescriptors.integers()))
        .apply("GroupShards", GroupByKey.create())
        .apply("Write", ParDo.of(new WriteShardFn<>(sink, BeamRows.toRowSchema(schema))))
        .setCoder(sink.coder());
  }

  private static int shard(Schema schema, Row row, int shards) {
    RowBatchBuilder builder = RowBatch.builder(BeamRows.toRowSchema(schema));
    BeamRows.append(builder, row);
    RowBatch batch = builder.build();
    byte[] key = RowHash.ofAll(batch);
    int leading = ((key[0] & 0xff) << 16) | ((key[1] & 0xff) << 8) | (key[2] & 0xff);
    return leading % shards;
  }

  private static final class WriteShardFn<OutT> extends DoFn<KV<Integer, Iterable<Row>>, OutT> {
    private static final long serialVersionUID = 1L;

    private final BatchSink<OutT> sink;
    private final RowSchema schema;

    WriteShardFn(BatchSink<OutT> sink, RowSchema schema) {
      this.sink = sink;
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Row>> shard, OutputReceiver<OutT> output)
        throws IOException {
      String name = shard.getKey() + "-" + UUID.randomUUID();
      BatchSink.Writer writer = sink.open(schema, name, output::output);
      try {
        RowBatchBuilder builder = RowBatch.builder(schema);
        for (Row row : shard.getValue()) {
          BeamRows.append(builder, row);
          if (builder.size() == RowBatch.DEFAULT_ROWS) {
            writer.write(builder.build());
          }
        }
        if (builder.size() > 0) {
          writer.write(builder.build());
        }
        writer.finish();
      } catch (IOException | RuntimeException e) {
        writer.abort();
        throw e;
      }
    }
  }
}
