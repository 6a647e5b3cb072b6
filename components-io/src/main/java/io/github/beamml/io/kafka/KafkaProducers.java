package io.github.beamml.io.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Producers that lose nothing: all replicas confirm, a retry writes no record twice. */
final class KafkaProducers {
  private static final int LINGER_MILLIS = 20;
  private static final int BATCH_BYTES = 256 << 10;

  private KafkaProducers() {}

  /** Asks first whether there is such a topic: a producer would only wait in vain. */
  static Producer<byte[], byte[]> open(KafkaConnection connection, String topic) {
    try {
      try (Consumer<byte[], byte[]> consumer = KafkaConsumers.openForStream(connection)) {
        KafkaSnapshot.partitions(consumer, "write", topic);
      }
      Map<String, Object> properties = connection.resolve();
      int timeoutMillis = (int) KafkaSnapshot.TIMEOUT.toMillis();
      properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMillis);
      properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
      properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
      properties.put(ProducerConfig.ACKS_CONFIG, "all");
      properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      throw KafkaFailures.to("write topic " + topic, connection, e);
    }
  }
}
