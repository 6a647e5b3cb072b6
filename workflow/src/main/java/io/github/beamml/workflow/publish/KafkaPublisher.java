package io.github.beamml.workflow.publish;

import io.github.beamml.engine.CannotException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to a topic, each into its own partition, in order. */
public final class KafkaPublisher {
  private static final int LINGER_MILLIS = 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final long BUFFER_BYTES = 64L << 20;

  private KafkaPublisher() {}

  /**
   * Sends all events and waits until the broker has them. The records' timestamps are the time of
   * sending.
   *
   * @param client what a client needs to reach the broker
   * @param partitions how many partitions the topic has
   * @throws CannotException if the broker refuses a record or does not answer
   */
  public static void publish(
      Map<String, String> client, String topic, int partitions, List<Event> events) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = open(client)) {
      for (Event event : events) {
        if (failure.get() != null) {
          break;
        }
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    topic, event.partition(partitions), event.key(), event.value()),
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.compareAndSet(null, exception);
                  }
                });
      }
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    Exception first = failure.get();
    if (first != null) {
      throw CannotException.to(
          "publish to topic " + topic, String.valueOf(first.getMessage()), first);
    }
  }

  private static Producer<byte[], byte[]> open(Map<String, String> client) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
