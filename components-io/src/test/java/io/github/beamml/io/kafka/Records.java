package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.cluster.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a topic holds. */
final class Records {
  private Records() {}

  /** The values of a topic by their keys. */
  static TreeMap<String, String> byKey(KafkaBroker broker, String topic) {
    TreeMap<String, String> values = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(broker, topic)) {
      values.put(new String(record.key(), UTF_8), new String(record.value(), UTF_8));
    }
    return values;
  }

  static List<ConsumerRecord<byte[], byte[]>> all(KafkaBroker broker, String topic) {
    KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), Map.of());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = KafkaConsumers.open(connection)) {
      for (OffsetRange range : KafkaSnapshot.take(connection, topic)) {
        TopicPartition partition = new TopicPartition(topic, range.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, range.begin());
        while (consumer.position(partition) < range.end()) {
          consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
        }
      }
    }
    return records;
  }
}
