package io.github.beamml.io.kafka;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.json.JsonRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads offset ranges to their ends.
 *
 * @param ranges null for those that the topic has when a worker looks
 */
record KafkaWindowSource(
    KafkaConnection connection, String topic, @Nullable List<OffsetRange> ranges, RowSchema schema)
    implements BatchSource<OffsetRange> {
  private static final Duration POLL = Duration.ofMillis(500);

  /** A partition without progress for this long, before the end of its range, is lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long OFFSETS_PER_SPLIT = 50_000;

  @Override
  public String name() {
    return "read_kafka_window";
  }

  @Override
  public List<OffsetRange> splits() {
    List<OffsetRange> splits = new ArrayList<>();
    for (OffsetRange range : ranges == null ? KafkaSnapshot.take(connection, topic) : ranges) {
      for (long begin = range.begin(); begin < range.end(); begin += OFFSETS_PER_SPLIT) {
        long end = Math.min(range.end(), begin + OFFSETS_PER_SPLIT);
        splits.add(new OffsetRange(range.partition(), begin, end));
      }
    }
    return splits;
  }

  @Override
  public void read(OffsetRange range, Output output) {
    RecordBatcher batcher = new RecordBatcher(schema, name(), output);
    try (Consumer<byte[], byte[]> consumer = KafkaConsumers.open(connection)) {
      read(consumer, range, batcher);
    } catch (KafkaException e) {
      throw KafkaFailures.to("read topic " + topic, connection, e);
    }
    batcher.flush();
  }

  private void read(Consumer<byte[], byte[]> consumer, OffsetRange range, RecordBatcher batcher) {
    JsonRows rows = new JsonRows(schema);
    TopicPartition partition = new TopicPartition(topic, range.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, range.begin());
    long position = range.begin();
    long lastProgress = System.nanoTime();
    // The last offset may hold a transaction marker or be compacted away: the position tells.
    while (position < range.end()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() < range.end()) {
          add(batcher, rows, record);
        }
      }
      long reached = consumer.position(partition, KafkaSnapshot.TIMEOUT);
      if (reached > position) {
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw stuck(range, reached);
      }
      position = reached;
    }
  }

  private static void add(
      RecordBatcher batcher, JsonRows rows, ConsumerRecord<byte[], byte[]> record) {
    try {
      batcher.add(builder -> KafkaRecords.append(builder, rows, record));
    } catch (RecordReject e) {
      batcher.reject(KafkaRecords.bytes(record), KafkaRecords.origin(record), e);
    }
  }

  private CannotException stuck(OffsetRange range, long position) {
    return CannotException.to(
        "read topic " + topic,
        "nothing came from partition "
            + range.partition()
            + " for "
            + PATIENCE.toSeconds()
            + " s at offset "
            + position
            + ", before "
            + range.end());
  }
}
