package io.github.beamml.io.kafka;

import io.github.beamml.engine.CannotException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;

/** The offsets that a topic has now: what a closed window is read from. */
public final class KafkaSnapshot {
  /** How long a broker may take to answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private KafkaSnapshot() {}

  /** All offsets that the topic has at this moment, under the isolation level it is read with. */
  public static List<OffsetRange> take(KafkaConnection connection, String topic) {
    return take(connection, topic, Long.MIN_VALUE);
  }

  /**
   * As {@link #take(KafkaConnection, String)}, but not before the first record whose timestamp is
   * at least {@code fromMillis}.
   *
   * @throws CannotException if no broker answers, the credentials are refused, or there is no such
   *     topic
   */
  public static List<OffsetRange> take(KafkaConnection connection, String topic, long fromMillis) {
    try (Consumer<byte[], byte[]> consumer = KafkaConsumers.open(connection)) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, TIMEOUT);
      if (fromMillis != Long.MIN_VALUE) {
        begins = notBefore(consumer, begins, ends, fromMillis);
      }
      List<OffsetRange> ranges = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        long end = Objects.requireNonNull(ends.get(partition));
        long begin = Math.min(Objects.requireNonNull(begins.get(partition)), end);
        ranges.add(new OffsetRange(partition.partition(), begin, end));
      }
      return ranges;
    } catch (AuthenticationException e) {
      throw CannotException.to(
          "read topic " + topic, connection + " refuses the credentials: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw noAnswer(connection, topic, e);
    } catch (KafkaException e) {
      throw CannotException.to("read topic " + topic, rootMessage(e), e);
    }
  }

  private static Map<TopicPartition, Long> notBefore(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      long fromMillis) {
    Map<TopicPartition, Long> wanted = new HashMap<>();
    begins.keySet().forEach(partition -> wanted.put(partition, fromMillis));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted, TIMEOUT);
    Map<TopicPartition, Long> later = new HashMap<>();
    begins.forEach(
        (partition, begin) -> {
          OffsetAndTimestamp first = found.get(partition);
          later.put(
              partition, first == null ? ends.get(partition) : Math.max(begin, first.offset()));
        });
    return later;
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> infos = consumer.listTopics(TIMEOUT).get(topic);
    if (infos == null || infos.isEmpty()) {
      throw CannotException.to("read topic " + topic, "there is no such topic");
    }
    return infos.stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .sorted(Comparator.comparing(TopicPartition::partition))
        .toList();
  }

  static CannotException noAnswer(KafkaConnection connection, String topic, KafkaException cause) {
    return CannotException.to(
        "read topic " + topic,
        "no broker answers at " + connection + " (tried " + TIMEOUT.toSeconds() + " s)",
        cause);
  }

  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
