package io.github.beamml.io.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Plain consumers: no group, no commit, offsets given; only what was committed is seen. */
final class KafkaConsumers {
  private static final int WINDOW_POLL_RECORDS = 10_000;

  /** A stream's element is a poll, which is held in memory. */
  private static final int STREAM_POLL_RECORDS = 1_000;

  private static final int FETCH_BYTES = 8 << 20;

  private KafkaConsumers() {}

  static Consumer<byte[], byte[]> open(KafkaConnection connection) {
    Map<String, Object> properties = connection.resolve();
    properties.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    return open(properties, WINDOW_POLL_RECORDS);
  }

  static Consumer<byte[], byte[]> openForStream(KafkaConnection connection) {
    return open(connection.resolve(), STREAM_POLL_RECORDS);
  }

  private static Consumer<byte[], byte[]> open(Map<String, Object> properties, int pollRecords) {
    int timeoutMillis = (int) KafkaSnapshot.TIMEOUT.toMillis();
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
    properties.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecords);
    // None: an offset that is gone fails instead of being jumped over.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
