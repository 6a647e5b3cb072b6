package io.github.beamml.io.kafka;

import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.json.JsonRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads some partitions of a topic, assigned once and for all. */
final class KafkaStreamReader extends UnboundedSource.UnboundedReader<KafkaBatch> {
  /** Keeps an idle runner from spinning; not longer, as some hold a lock meanwhile. */
  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaStreamSource source;
  private final KafkaStream.Read read;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Integer, TopicPartition> partitions = new TreeMap<>();
  private final TreeMap<Integer, Long> ends = new TreeMap<>();
  private final TreeMap<Integer, Long> next = new TreeMap<>();
  private final JsonRows rows;

  /** The latest event time that each partition had. */
  private final TreeMap<Integer, Long> greatest = new TreeMap<>();

  private Instant watermark = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private @Nullable KafkaBatch current;
  private Instant currentTimestamp = BoundedWindow.TIMESTAMP_MIN_VALUE;

  private KafkaStreamReader(KafkaStreamSource source, Consumer<byte[], byte[]> consumer) {
    this.source = source;
    this.read = source.read();
    this.consumer = consumer;
    this.rows = new JsonRows(read.schema());
  }

  static KafkaStreamReader open(
      KafkaStreamSource source, List<Integer> partitions, @Nullable KafkaPositions from) {
    KafkaStream.Read read = source.read();
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = KafkaConsumers.openForStream(read.connection());
      KafkaStreamReader reader = new KafkaStreamReader(source, consumer);
      reader.assign(partitions, from);
      return reader;
    } catch (KafkaException e) {
      if (consumer != null) {
        consumer.close(Duration.ZERO);
      }
      throw KafkaFailures.to("read topic " + read.topic(), read.connection(), e);
    }
  }

  private void assign(List<Integer> numbers, @Nullable KafkaPositions from) {
    for (int number : numbers) {
      partitions.put(number, new TopicPartition(read.topic(), number));
    }
    consumer.assign(partitions.values());
    if (read.ranges() != null) {
      for (OffsetRange range : read.ranges()) {
        if (partitions.containsKey(range.partition())) {
          next.put(range.partition(), range.begin());
          ends.put(range.partition(), range.end());
        }
      }
    }
    if (from != null) {
      next.putAll(from.next());
    } else if (read.ranges() == null) {
      firstOffsets().forEach((partition, offset) -> next.put(partition.partition(), offset));
    }
    partitions.forEach((number, partition) -> consumer.seek(partition, nextOf(number)));
  }

  private Map<TopicPartition, Long> firstOffsets() {
    Collection<TopicPartition> all = partitions.values();
    return read.start() == KafkaStream.Start.LATEST
        ? consumer.endOffsets(all, KafkaSnapshot.TIMEOUT)
        : consumer.beginningOffsets(all, KafkaSnapshot.TIMEOUT);
  }

  private long nextOf(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  @Override
  public boolean start() {
    return advance();
  }

  @Override
  public boolean advance() {
    if (isDone()) {
      return false;
    }
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean isThere = take(records);
      // Positions of all partitions, not the last offset + 1: after compaction or a transaction
      // marker no record of that offset ever comes.
      partitions.forEach((number, partition) -> next.put(number, consumer.position(partition)));
      moveWatermark();
      return isThere;
    } catch (KafkaException e) {
      throw KafkaFailures.to("read topic " + read.topic(), read.connection(), e);
    }
  }

  /** Turns what a poll brought into the current element; false where it brought nothing. */
  private boolean take(ConsumerRecords<byte[], byte[]> records) {
    RowBatchBuilder builder = RowBatch.builder(source.batchSchema());
    List<Integer> partitionOfRow = new ArrayList<>();
    List<BadRecord> bad = new ArrayList<>();
    long earliest = Long.MAX_VALUE;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() < ends.getOrDefault(record.partition(), Long.MAX_VALUE)) {
        try {
          builder.setLong(read.schema().size(), record.timestamp());
          KafkaRecords.append(builder, rows, record);
          partitionOfRow.add(record.partition());
        } catch (RecordReject e) {
          bad.add(
              new BadRecord(
                  KafkaRecords.bytes(record),
                  e.reason(),
                  e.message(),
                  KafkaStream.READ,
                  KafkaRecords.origin(record)));
          earliest = Math.min(earliest, EventTimes.clamp(record.timestamp()));
        }
      }
    }
    RowBatch batch = builder.build();
    for (int row = 0; row < batch.size(); row++) {
      long time = EventTimes.millis(batch, row, read.eventTime());
      earliest = Math.min(earliest, time);
      greatest.merge(partitionOfRow.get(row), time, Math::max);
    }
    if (batch.size() == 0 && bad.isEmpty()) {
      return false;
    }
    current = new KafkaBatch(batch, bad);
    currentTimestamp = Instant.ofEpochMilli(earliest);
    return true;
  }

  /**
   * Up to here no earlier event is expected: the least of the partitions' latest events, less the
   * lateness allowed. A partition that is read to its end holds no other back. Never moved by the
   * clock, so that a replay sees what the first run saw.
   */
  private void moveWatermark() {
    if (greatest.isEmpty()) {
      return;
    }
    long latest = Collections.max(greatest.values());
    long least = latest;
    for (var partition : partitions.entrySet()) {
      boolean isIdle = consumer.currentLag(partition.getValue()).orElse(-1) == 0;
      if (!isIdle) {
        least = Math.min(least, greatest.getOrDefault(partition.getKey(), Long.MIN_VALUE));
      }
    }
    if (least != Long.MIN_VALUE) {
      Instant reached = Instant.ofEpochMilli(EventTimes.clamp(least - read.maxLatenessMillis()));
      watermark = reached.isAfter(watermark) ? reached : watermark;
    }
  }

  private boolean isDone() {
    return !ends.isEmpty()
        && ends.entrySet().stream().allMatch(end -> nextOf(end.getKey()) >= end.getValue());
  }

  @Override
  public KafkaBatch getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    return currentTimestamp;
  }

  @Override
  public Instant getWatermark() {
    return isDone() ? BoundedWindow.TIMESTAMP_MAX_VALUE : watermark;
  }

  @Override
  public KafkaPositions getCheckpointMark() {
    return new KafkaPositions(new TreeMap<>(next));
  }

  @Override
  public KafkaStreamSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }
}
