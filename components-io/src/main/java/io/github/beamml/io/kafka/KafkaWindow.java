package io.github.beamml.io.kafka;

import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.RecordBatcher;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.WindowedSource;
import io.github.beamml.io.json.JsonRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A closed window of a topic: fixed offset ranges, read without a consumer group, JSON values by a
 * declared schema. The ranges are a snapshot that the driver took (see {@link KafkaSnapshot}), so
 * that a retry reads the same records.
 *
 * <p>Tombstones are dead letters ({@code tombstone}), as are the values that {@link JsonRows}
 * refuses. A range that the broker no longer has fails the read.
 */
public final class KafkaWindow {
  private static final Duration POLL = Duration.ofMillis(500);

  /** A partition without a new record for this long, before the end of its range, is lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long OFFSETS_PER_SPLIT = 50_000;

  private KafkaWindow() {}

  /** Reads the window of these ranges as rows. */
  public static PTransform<PBegin, PCollection<Row>> read(
      KafkaConnection connection,
      String topic,
      List<OffsetRange> ranges,
      RowSchema schema,
      EventWindow window) {
    return Chain.from(WindowedSource.of(source(connection, topic, ranges, schema), window))
        .intoRows();
  }

  /** All records of these ranges as the source of a {@link Chain}. */
  public static BatchSource<OffsetRange> source(
      KafkaConnection connection, String topic, List<OffsetRange> ranges, RowSchema schema) {
    return new Source(connection, topic, List.copyOf(ranges), schema);
  }

  private record Source(
      KafkaConnection connection, String topic, List<OffsetRange> ranges, RowSchema schema)
      implements BatchSource<OffsetRange> {
    @Override
    public String name() {
      return "read_kafka_window";
    }

    @Override
    public List<OffsetRange> splits() {
      List<OffsetRange> splits = new ArrayList<>();
      for (OffsetRange range : ranges) {
        for (long begin = range.begin(); begin < range.end(); begin += OFFSETS_PER_SPLIT) {
          long end = Math.min(range.end(), begin + OFFSETS_PER_SPLIT);
          splits.add(new OffsetRange(range.partition(), begin, end));
        }
      }
      return splits;
    }

    @Override
    public void read(OffsetRange range, Output output) throws IOException {
      RecordBatcher batcher = new RecordBatcher(schema, name(), output);
      JsonRows rows = new JsonRows(schema);
      TopicPartition partition = new TopicPartition(topic, range.partition());
      try (Consumer<byte[], byte[]> consumer = KafkaConsumers.open(connection)) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, range.begin());
        long lastProgress = System.nanoTime();
        // The last offset may hold a transaction marker or be compacted away: the position tells.
        while (consumer.position(partition, KafkaSnapshot.TIMEOUT) < range.end()) {
          var records = consumer.poll(POLL);
          if (!records.isEmpty()) {
            lastProgress = System.nanoTime();
          } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
            throw CannotException.to(
                "read topic " + topic,
                "nothing came from partition "
                    + range.partition()
                    + " for "
                    + PATIENCE.toSeconds()
                    + " s, before offset "
                    + range.end());
          }
          for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
            if (record.offset() < range.end()) {
              add(batcher, rows, record);
            }
          }
        }
      } catch (OffsetOutOfRangeException e) {
        throw CannotException.to(
            "read topic " + topic,
            "the broker no longer has all offsets of partition " + range.partition(),
            e);
      } catch (KafkaException e) {
        throw CannotException.to(
            "read topic " + topic, KafkaSnapshot.rootMessage(e) + " (" + connection + ")", e);
      }
      batcher.flush();
    }

    private static void add(
        RecordBatcher batcher, JsonRows rows, ConsumerRecord<byte[], byte[]> record) {
      String origin = record.topic() + "/" + record.partition() + "@" + record.offset();
      byte[] value = record.value();
      if (value == null) {
        byte[] key = record.key() == null ? new byte[0] : record.key();
        batcher.reject(key, origin, new RecordReject("tombstone", "the record has no value"));
      } else {
        batcher.add(value, origin, builder -> rows.append(builder, value));
      }
    }
  }
}
