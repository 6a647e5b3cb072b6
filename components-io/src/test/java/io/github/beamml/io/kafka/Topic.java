package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.cluster.KafkaBroker;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records into a topic. */
final class Topic implements AutoCloseable {
  private final String name;
  private final KafkaProducer<byte[], byte[]> producer;

  private Topic(String name, KafkaProducer<byte[], byte[]> producer) {
    this.name = name;
    this.producer = producer;
  }

  static Topic create(KafkaBroker broker, String name, int partitions) {
    broker.createTopic(name, partitions);
    return of(name, broker.clientProperties());
  }

  static Topic of(String name, Map<String, String> client) {
    return new Topic(name, producer(client, Map.of()));
  }

  static KafkaProducer<byte[], byte[]> producer(
      Map<String, String> client, Map<String, String> more) {
    Map<String, Object> properties = new TreeMap<>(client);
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Topic send(int partition, byte[] value, long timestamp) throws Exception {
    byte[] key = "key".getBytes(UTF_8);
    producer
        .send(new ProducerRecord<>(name, partition, timestamp, key, value))
        .get(30, TimeUnit.SECONDS);
    return this;
  }

  Topic send(int partition, String value) throws Exception {
    return send(partition, value.getBytes(UTF_8), 1_000);
  }

  @Override
  public void close() {
    producer.close();
  }
}
