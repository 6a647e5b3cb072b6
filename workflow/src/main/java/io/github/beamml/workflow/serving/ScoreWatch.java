package io.github.beamml.workflow.serving;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.model.Model;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.json.JsonRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees the scores that arrive in a topic, from its beginning on. */
final class ScoreWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final RowSchema schema;
  private final JsonRows json;
  private final Map<String, Scorer.Score> scores = new HashMap<>();

  private ScoreWatch(Consumer<byte[], byte[]> consumer, RowSchema schema) {
    this.consumer = consumer;
    this.schema = schema;
    this.json = new JsonRows(schema);
  }

  static ScoreWatch of(Map<String, String> client, String topic, int partitions, String keyColumn) {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(topic, n)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    RowSchema key = RowSchema.of(Field.required(keyColumn, ValueType.STRING));
    return new ScoreWatch(consumer, key.with(Model.OUTPUT.fields().toArray(Field[]::new)));
  }

  /** The fields of a score: the row key first. */
  static String[] fields(String keyColumn) {
    List<String> fields = new ArrayList<>(List.of(keyColumn));
    fields.addAll(Model.OUTPUT.names());
    return fields.toArray(String[]::new);
  }

  /** Waits a moment for more scores. */
  void poll() {
    RowBatchBuilder builder = RowBatch.builder(schema);
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      try {
        json.append(builder, record.value());
      } catch (RecordReject e) {
        throw CannotException.to("read a score from " + record.topic(), e.message(), e);
      }
    }
    RowBatch arrived = builder.build();
    for (int row = 0; row < arrived.size(); row++) {
      add(arrived.strings(0).get(row), Scorer.scoreOf(arrived, row));
    }
  }

  /** A stream may bring a score again; another one it may not. */
  private void add(String key, Scorer.Score score) {
    Scorer.Score before = scores.putIfAbsent(key, score);
    if (before != null && !before.equals(score)) {
      throw CannotException.to("trust the stream", "row " + key + " came back with two scores");
    }
  }

  /** The scores so far by row key. */
  Map<String, Scorer.Score> scores() {
    return scores;
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }
}
