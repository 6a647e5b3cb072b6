package io.github.beamml.io.kafka;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The offsets that a topic has now: what a closed window is read from. */
public final class KafkaSnapshot {
  /** How long a broker may take to answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private KafkaSnapshot() {}

  /**
   * All offsets that the topic has at this moment, under the isolation level it is read with, in
   * the order of the partitions.
   *
   * @throws CannotException if no broker answers, the credentials are refused, or there is no such
   *     topic
   */
  public static List<OffsetRange> take(KafkaConnection connection, String topic) {
    return take(connection, topic, Long.MIN_VALUE);
  }

  /**
   * As {@link #take(KafkaConnection, String)}, but not before the first record whose timestamp is
   * at least {@code fromMillis}.
   */
  public static List<OffsetRange> take(KafkaConnection connection, String topic, long fromMillis) {
    try (Consumer<byte[], byte[]> consumer = KafkaConsumers.open(connection)) {
      List<TopicPartition> partitions = partitions(consumer, "read", topic);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, TIMEOUT);
      Map<TopicPartition, OffsetAndTimestamp> firsts =
          fromMillis == Long.MIN_VALUE
              ? Map.of()
              : consumer.offsetsForTimes(
                  partitions.stream()
                      .collect(Collectors.toMap(partition -> partition, partition -> fromMillis)),
                  TIMEOUT);
      List<OffsetRange> ranges = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        long end = Objects.requireNonNull(ends.get(partition));
        long begin = Objects.requireNonNull(begins.get(partition));
        if (fromMillis != Long.MIN_VALUE) {
          OffsetAndTimestamp first = firsts.get(partition);
          begin = first == null ? end : Math.max(begin, first.offset());
        }
        ranges.add(new OffsetRange(partition.partition(), Math.min(begin, end), end));
      }
      return ranges;
    } catch (KafkaException e) {
      throw KafkaFailures.to("read topic " + topic, connection, e);
    }
  }

  /** The topic's partitions in order. */
  static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, String verb, String topic) {
    Map<String, List<PartitionInfo>> topics = new TreeMap<>(consumer.listTopics(TIMEOUT));
    List<PartitionInfo> infos = topics.get(topic);
    if (infos == null || infos.isEmpty()) {
      throw CannotException.to(
          verb + " topic " + topic,
          "there is no such topic" + Suggestions.didYouMean(topic, topics.keySet()));
    }
    return infos.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparing(TopicPartition::partition))
        .toList();
  }
}
