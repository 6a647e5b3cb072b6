package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.cluster.KafkaBrokerOptions;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KafkaCompactionTest {
  private static final RowSchema SCHEMA = RowSchema.of(Field.required("id", ValueType.INT64));
  private static final List<OffsetRange> FIRST_FIVE = List.of(new OffsetRange(0, 0, 5));

  @Test
  void aRangeWhoseLastRecordsAreCompactedAwayEndsByItsPosition() throws Exception {
    KafkaBrokerOptions eager =
        KafkaBrokerOptions.defaults().withBrokerProperty("log.cleaner.backoff.ms", "50");
    try (KafkaBroker broker = KafkaBroker.start(eager)) {
      broker.createTopic(
          "compacted",
          1,
          Map.of(
              "cleanup.policy", "compact",
              "segment.ms", "100",
              "min.cleanable.dirty.ratio", "0.0"));
      KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), Map.of());
      var source = KafkaWindow.source(connection, "compacted", FIRST_FIVE, SCHEMA);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      Collected read = new Collected();
      try (Topic topic = Topic.of("compacted", broker.clientProperties())) {
        boolean isCompacted = false;
        for (long id = 0; !isCompacted && System.nanoTime() < deadline; id++) {
          // All of one key: each makes the ones before it superfluous, and its time closes a
          // segment.
          topic.send(0, ("{\"id\": " + id + "}").getBytes(UTF_8), 1_000 * id);
          if (id >= 5) {
            read = Collected.from(source);
            isCompacted = read.rows().isEmpty();
          }
        }
        assertThat(isCompacted).isTrue();
      }
      assertThat(read.rows()).isEmpty();
      assertThat(KafkaSnapshot.take(connection, "compacted").get(0).end()).isGreaterThan(5);
    }
  }
}
