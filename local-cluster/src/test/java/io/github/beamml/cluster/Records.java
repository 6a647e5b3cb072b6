package io.github.beamml.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Texts to and from a topic, with Kafka's own clients. */
final class Records {
  private static final int SECONDS = 30;

  private Records() {}

  static KafkaProducer<byte[], byte[]> producer(Map<String, String> client) {
    Map<String, Object> properties = new TreeMap<>(client);
    properties.putIfAbsent("max.block.ms", "15000");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static KafkaConsumer<byte[], byte[]> consumer(Map<String, String> client) {
    Map<String, Object> properties = new TreeMap<>(client);
    properties.put("group.id", "test");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String text) {
    return new ProducerRecord<>(topic, text.getBytes(UTF_8));
  }

  static void send(Map<String, String> client, String topic, String... texts)
      throws ExecutionException, InterruptedException, TimeoutException {
    try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
      for (String text : texts) {
        producer.send(record(topic, text)).get(SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** The next {@code count} texts, through a consumer group. */
  static List<String> read(Map<String, String> client, String topic, int count) {
    List<String> texts = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
      consumer.subscribe(List.of(topic));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (texts.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          texts.add(new String(record.value(), UTF_8));
        }
      }
    }
    return texts;
  }
}
