package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import io.github.beamml.testkit.KafkaExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class KafkaStreamTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("id", ValueType.INT64),
          Field.nullable("at", ValueType.TIMESTAMP),
          Field.nullable("x", ValueType.DOUBLE));

  private static KafkaConnection connection(KafkaBroker broker) {
    return KafkaConnection.of(broker.bootstrapServers(), Map.of());
  }

  private static String event(int id, int second) {
    return "{\"id\": "
        + id
        + ", \"at\": \"1970-01-01T00:00:"
        + (second < 10 ? "0" : "")
        + second
        + "Z\", \"x\": 0.1}";
  }

  @Test
  void aStreamIsReadToItsRangesEndAndWrittenWithKeys(KafkaBroker broker) throws Exception {
    broker.createTopic("copied", 2);
    try (Topic topic = Topic.create(broker, "stream", 3)) {
      for (int id = 0; id < 300; id++) {
        topic.send(id % 3, event(id, id % 60));
      }
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "stream");
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(KafkaStream.read(connection(broker), "stream", SCHEMA).within(ranges))
            .get(KafkaStream.ROWS);
    assertThat(rows.isBounded()).isEqualTo(PCollection.IsBounded.UNBOUNDED);
    rows.apply(KafkaStream.write(connection(broker), "copied").withKey("id"));
    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);

    Collected copied = Collected.from(KafkaWindow.source(connection(broker), "copied", SCHEMA));
    assertThat(copied.bad()).isEmpty();
    assertThat(copied.rows()).hasSize(300).contains(List.of(61L, 1_000_000L, 0.1));
    assertThat(copied.firsts()).doesNotHaveDuplicates();
    TreeMap<String, String> byKey = Records.byKey(broker, "copied");
    assertThat(byKey).hasSize(300);
    assertThat(byKey.get("61")).isEqualTo("{\"id\":61,\"at\":\"1970-01-01T00:00:01Z\",\"x\":0.1}");
  }

  @Test
  void rowsHaveTheTimeOfTheirColumnAndWindowsClose(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "timed", 2)) {
      topic
          .send(0, event(1, 5))
          .send(0, event(2, 15))
          .send(1, event(3, 7))
          .send(1, "{\"id\": 4}".getBytes(UTF_8), 25_000);
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "timed");
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(
                KafkaStream.read(connection(broker), "timed", SCHEMA)
                    .withEventTime("at")
                    .withMaxLateness(java.time.Duration.ofSeconds(10))
                    .within(ranges))
            .get(KafkaStream.ROWS);
    PCollection<Long> ids =
        rows.apply("Ids", MapElements.into(TypeDescriptors.longs()).via(row -> row.getInt64("id")));
    PAssert.that(
            ids.apply(Reify.timestamps())
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            stamped ->
                                stamped.getValue() + " " + stamped.getTimestamp().getMillis())))
        .containsInAnyOrder("1 5000", "2 15000", "3 7000", "4 25000");
    PAssert.that(
            ids.apply(Window.into(FixedWindows.of(Duration.standardSeconds(10))))
                .apply(
                    org.apache.beam.sdk.transforms.Combine.globally(Count.<Long>combineFn())
                        .withoutDefaults()))
        .containsInAnyOrder(2L, 1L, 1L);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void badRecordsAreKeptWhereAskedForAndFailOtherwise(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "bad-stream", 1)) {
      topic.send(0, event(1, 5)).send(0, "{").send(0, null, 0).send(0, event(2, 6));
    }
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(broker), "bad-stream");
    KafkaStream.Read read =
        KafkaStream.read(connection(broker), "bad-stream", SCHEMA).within(ranges);
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple results = pipeline.apply(read.keepingDeadLetters());
    PAssert.that(
            results
                .get(KafkaStream.ERRORS)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(bad -> bad.reason() + " " + bad.origin())))
        .containsInAnyOrder("not_json bad-stream/0@1", "tombstone bad-stream/0@2");
    pipeline.run().waitUntilFinish();

    Pipeline failing = Pipeline.create();
    failing.apply(read);
    assertThatThrownBy(() -> failing.run().waitUntilFinish())
        .hasMessageContaining("Cannot continue read_kafka: not JSON")
        .hasMessageEndingWith("(bad-stream/0@1)");
  }

  @Test
  void aReaderGoesOnFromItsCheckpointAndItsWatermarkFollowsTheEvents(KafkaBroker broker)
      throws Exception {
    try (Topic topic = Topic.create(broker, "checkpoint", 2)) {
      topic.send(0, event(1, 30)).send(1, event(2, 20));
      KafkaStreamSource source =
          KafkaStreamSource.of(
              KafkaStream.read(connection(broker), "checkpoint", SCHEMA)
                  .withEventTime("at")
                  .withMaxLateness(java.time.Duration.ofSeconds(5)));
      assertThat(source.split(8, PipelineOptionsFactory.create())).hasSize(2);
      KafkaPositions positions;
      try (var reader = source.createReader(PipelineOptionsFactory.create(), null)) {
        assertThat(reader.getWatermark()).isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
        assertThat(readRows(reader, 2)).containsExactlyInAnyOrder(1L, 2L);
        assertThat(reader.getWatermark()).isLessThanOrEqualTo(Instant.ofEpochMilli(25_000));
        positions = (KafkaPositions) reader.getCheckpointMark();
      }
      assertThat(positions.next()).isEqualTo(Map.of(0, 1L, 1, 1L));
      KafkaPositions.Coder coder = new KafkaPositions.Coder();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      coder.encode(positions, bytes);
      positions = coder.decode(new ByteArrayInputStream(bytes.toByteArray()));
      topic.send(0, event(3, 40));
      try (var reader = source.createReader(PipelineOptionsFactory.create(), positions)) {
        assertThat(readRows(reader, 1)).containsExactly(3L);
      }
    }
  }

  @Test
  void aStreamMayBeginBehindWhatIsThere(KafkaBroker broker) throws Exception {
    try (Topic topic = Topic.create(broker, "latest", 1)) {
      topic.send(0, event(1, 1));
      KafkaStreamSource source =
          KafkaStreamSource.of(KafkaStream.read(connection(broker), "latest", SCHEMA).fromLatest());
      try (var reader = source.createReader(PipelineOptionsFactory.create(), null)) {
        topic.send(0, event(2, 2));
        assertThat(readRows(reader, 1)).containsExactly(2L);
        assertThat(reader.getCurrentTimestamp()).isEqualTo(Instant.ofEpochMilli(1_000));
      }
    }
  }

  private static List<Object> readRows(
      org.apache.beam.sdk.io.UnboundedSource.UnboundedReader<KafkaBatch> reader, int count)
      throws Exception {
    Collected collected = new Collected();
    for (boolean isThere = reader.start();
        collected.rows().size() < count;
        isThere = reader.advance()) {
      if (isThere) {
        collected.batch(reader.getCurrent().rows());
      }
    }
    return collected.firsts();
  }

  private static PCollection<Row> oneRow(Pipeline pipeline) {
    var schema = BeamRows.toBeamSchema(RowSchema.of(Field.required("id", ValueType.INT64)));
    return pipeline.apply(
        Create.of(Row.withSchema(schema).addValue(1L).build()).withRowSchema(schema));
  }

  @Test
  void anUnknownKeyIsRefusedAtConstruction(KafkaBroker broker) {
    PCollection<Row> row = oneRow(Pipeline.create());
    KafkaStream.Write write = KafkaStream.write(connection(broker), "x").withKey("di");
    assertThatThrownBy(() -> row.apply(write))
        .hasMessage("Invalid key: di is not a column of the input (did you mean id?)");
  }

  @Test
  void aTopicThatIsNotThereIsNamed(KafkaBroker broker) {
    Pipeline pipeline = Pipeline.create();
    oneRow(pipeline).apply(KafkaStream.write(connection(broker), "nowhere-to-be-found"));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageEndingWith("Cannot write topic nowhere-to-be-found: there is no such topic");
  }

  @Test
  void theEventTimeMustBeATimestamp(KafkaBroker broker) {
    KafkaStream.Read read = KafkaStream.read(connection(broker), "x", SCHEMA);
    assertThatThrownBy(() -> read.withEventTime("id"))
        .hasMessage("Invalid event_time: int64 (must be a column of timestamps)");
  }
}
