package io.github.beamml.io.kafka;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A topic without an end, or up to given offsets. An element is what one poll brings: runners do
 * much per element (the direct runner takes ten a bundle and often opens the reader anew), so that
 * one element a record would be some thirty times slower.
 */
final class KafkaStreamSource extends UnboundedSource<KafkaBatch, KafkaPositions> {
  private static final long serialVersionUID = 1L;

  /** A record's own time in milliseconds: the last column of a batch. */
  static final Field RECORD_TIME = Field.required("_record_time", ValueType.INT64);

  private final KafkaStream.Read read;

  /** The partitions of this part; null before splitting. */
  private final @Nullable ArrayList<Integer> partitions;

  private KafkaStreamSource(KafkaStream.Read read, @Nullable List<Integer> partitions) {
    this.read = read;
    this.partitions = partitions == null ? null : new ArrayList<>(partitions);
  }

  static KafkaStreamSource of(KafkaStream.Read read) {
    return new KafkaStreamSource(read, null);
  }

  KafkaStream.Read read() {
    return read;
  }

  RowSchema batchSchema() {
    return read.schema().with(RECORD_TIME);
  }

  @Override
  public List<KafkaStreamSource> split(int desiredNumSplits, PipelineOptions options) {
    if (partitions != null) {
      return List.of(this);
    }
    List<Integer> all = allPartitions();
    int count = Math.max(1, Math.min(desiredNumSplits, all.size()));
    List<KafkaStreamSource> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> own = new ArrayList<>();
      for (int at = i; at < all.size(); at += count) {
        own.add(all.get(at));
      }
      splits.add(new KafkaStreamSource(read, own));
    }
    return splits;
  }

  private List<Integer> allPartitions() {
    if (read.ranges() != null) {
      return read.ranges().stream().map(OffsetRange::partition).toList();
    }
    try (Consumer<byte[], byte[]> consumer = KafkaConsumers.openForStream(read.connection())) {
      return KafkaSnapshot.partitions(consumer, "read", read.topic()).stream()
          .map(TopicPartition::partition)
          .toList();
    } catch (KafkaException e) {
      throw KafkaFailures.to("read topic " + read.topic(), read.connection(), e);
    }
  }

  @Override
  public UnboundedReader<KafkaBatch> createReader(
      PipelineOptions options, @Nullable KafkaPositions checkpointMark) {
    List<Integer> own = partitions == null ? allPartitions() : partitions;
    return KafkaStreamReader.open(this, own, checkpointMark);
  }

  @Override
  public Coder<KafkaBatch> getOutputCoder() {
    return KafkaBatchCoder.of(batchSchema());
  }

  @Override
  public Coder<KafkaPositions> getCheckpointMarkCoder() {
    return new KafkaPositions.Coder();
  }
}
