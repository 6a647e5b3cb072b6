package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.chain.Chain;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.WindowedSource;
import io.github.beamml.testkit.KafkaExtension;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaWindowTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64), Field.required("at", ValueType.TIMESTAMP));
  private static final EventWindow FIRST_MINUTE = new EventWindow("at", 0, 60_000_000);

  private static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.of(broker.bootstrapServers(), Map.of());
  }

  private static String event(int id, String time) {
    return "{\"id\": " + id + ", \"at\": \"1970-01-01T" + time + "Z\"}";
  }

  @Test
  void theWindowIsReadFromAllPartitionsAndTheRestCounted(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "window", 3)) {
      for (int id = 0; id < 30; id++) {
        topic.send(id % 3, event(id, "00:00:" + (30 + id)));
      }
      topic.send(1, event(30, "00:01:00")).send(2, event(31, "00:00:00"));
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "window");
    assertThat(ranges)
        .containsExactly(
            new OffsetRange(0, 0, 10), new OffsetRange(1, 0, 11), new OffsetRange(2, 0, 11));
    var source = KafkaWindow.source(connection(broker), "window", ranges, SCHEMA);
    Collected collected = Collected.from(WindowedSource.of(source, FIRST_MINUTE));
    assertThat(collected.firsts()).hasSize(31).doesNotContain(30L).contains(0L, 29L, 31L);
    assertThat(collected.counts()).isEqualTo(Map.of("read", 32L, "outside_window", 1L));
  }

  @Test
  void whatComesAfterTheSnapshotIsNotRead(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "snapshot", 1)) {
      topic.send(0, event(1, "00:00:01"));
      List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "snapshot");
      topic.send(0, event(2, "00:00:02"));
      assertThat(read(broker, "snapshot", ranges).firsts()).containsExactly(1L);
      assertThat(
              Collected.from(KafkaWindow.source(connection(broker), "snapshot", SCHEMA)).firsts())
          .containsExactly(1L, 2L);
    }
  }

  private static Collected read(KafkaBroker broker, String topic, List<OffsetRange> ranges)
      throws Exception {
    return Collected.from(KafkaWindow.source(connection(broker), topic, ranges, SCHEMA));
  }

  @Test
  void badRecordsAndTombstonesAreDeadLettersWithTheirPlaceAndBytes(KafkaBroker broker)
      throws Exception {
    try (Topic topic = Topic.create(broker, "bad", 1)) {
      topic
          .send(0, "{\"id\": 1")
          .send(0, null, 0)
          .send(0, new byte[0], 0)
          .send(0, "{\"id\": \"7\", \"at\": \"1970-01-01T00:00:00Z\"}")
          .send(0, event(5, "00:00:00"));
    }
    Collected collected = read(broker, "bad", KafkaSnapshot.take(connection(broker), "bad"));
    assertThat(collected.firsts()).containsExactly(5L);
    assertThat(collected.reasons()).containsExactly("not_json", "tombstone", "empty", "wrong_type");
    BadRecord last = collected.bad().get(3);
    assertThat(last.origin()).isEqualTo("bad/0@3");
    assertThat(last.message()).isEqualTo("id is text, not int64");
    assertThat(new String(last.record(), UTF_8)).startsWith("{\"id\": \"7\"");
    assertThat(new String(collected.bad().get(1).record(), UTF_8)).isEqualTo("key");
  }

  @Test
  void onlyWhatWasCommittedIsReadAndTheMarkerAtTheEndIsNoRecord(KafkaBroker broker)
      throws Exception {
    broker.createTopic("transactions", 1);
    try (KafkaProducer<byte[], byte[]> producer =
        Topic.producer(broker.clientProperties(), Map.of("transactional.id", "test"))) {
      producer.initTransactions();
      for (int id = 0; id < 4; id++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("transactions", event(id, "00:00:00").getBytes(UTF_8)));
        producer.flush();
        if (id == 1) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
    // The marker of a commit is written after the commit is answered.
    List<OffsetRange> whole = List.of(new OffsetRange(0, 0, 8));
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "transactions");
    for (int look = 0; look < 1000 && !ranges.equals(whole); look++) {
      ranges = KafkaSnapshot.take(connection(broker), "transactions");
    }
    assertThat(ranges).isEqualTo(whole);
    assertThat(read(broker, "transactions", ranges).firsts()).containsExactly(0L, 2L, 3L);
    List<OffsetRange> empty = List.of(new OffsetRange(0, 1, 4));
    assertThat(read(broker, "transactions", empty).firsts()).isEmpty();
  }

  @Test
  void aSnapshotMayStartAtATime(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "times", 2)) {
      topic.send(0, new byte[1], 10).send(0, new byte[1], 20).send(1, new byte[1], 5);
    }
    assertThat(KafkaSnapshot.take(connection(broker), "times", 15))
        .containsExactly(new OffsetRange(0, 1, 2), new OffsetRange(1, 1, 1));
  }

  @Test
  void aLostRangeFails(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "lost", 1)) {
      for (int id = 0; id < 5; id++) {
        topic.send(0, event(id, "00:00:00"));
      }
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "lost");
    broker.deleteRecordsBefore("lost", 0, 3);
    assertThatThrownBy(() -> read(broker, "lost", ranges))
        .hasMessage(
            "Cannot read topic lost: the broker no longer has the offsets {lost-0=0} (deleted by"
                + " its retention?)");
    assertThat(KafkaSnapshot.take(connection(broker), "lost"))
        .containsExactly(new OffsetRange(0, 3, 5));
  }

  @Test
  void anUnknownTopicIsNamedWithTheNearest(KafkaBroker broker) {
    broker.createTopic("flights-of-2013", 1);
    assertThatThrownBy(() -> KafkaSnapshot.take(connection(broker), "flihgts-of-2013"))
        .hasMessage(
            "Cannot read topic flihgts-of-2013: there is no such topic (did you mean"
                + " flights-of-2013?)");
  }

  @Test
  void aBrokerThatIsAwayIsNamed() {
    KafkaConnection nobody = KafkaConnection.of("localhost:1", Map.of());
    assertThatThrownBy(() -> KafkaSnapshot.take(nobody, "flights"))
        .hasMessage("Cannot read topic flights: no broker answers at localhost:1 (tried 10 s)");
  }

  @Test
  void aPipelineReadsTheWindowAndKeepsDeadLetters(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "piped", 2)) {
      topic.send(0, event(1, "00:00:01")).send(1, event(2, "00:01:01")).send(1, "[]");
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "piped");
    Pipeline pipeline = Pipeline.create();
    var source = KafkaWindow.source(connection(broker), "piped", ranges, SCHEMA);
    var read =
        pipeline.apply(Chain.from(WindowedSource.of(source, FIRST_MINUTE)).intoRowsAndErrors());
    PCollection<Row> rows = read.get(io.github.beamml.core.chain.ApplyToRows.ROWS);
    PAssert.thatSingleton(rows.apply("CountRows", Count.globally())).isEqualTo(1L);
    PAssert.thatSingleton(
            read.get(io.github.beamml.core.chain.ApplyToRows.ERRORS)
                .apply("CountErrors", Count.globally()))
        .isEqualTo(1L);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rangesAreText() {
    assertThat(OffsetRange.parse("ranges", "3:10-1042")).isEqualTo(new OffsetRange(3, 10, 1042));
    assertThat(new OffsetRange(3, 10, 1042).text()).isEqualTo("3:10-1042");
    assertThatThrownBy(() -> OffsetRange.parse("ranges", "3"))
        .hasMessage("Invalid ranges: 3 (must be partition:begin-end, such as 0:0-1042)");
    assertThatThrownBy(() -> OffsetRange.parse("ranges", "0:2-1"))
        .hasMessage("Invalid range: 2-1 (must be an offset and one not before it)");
  }
}
