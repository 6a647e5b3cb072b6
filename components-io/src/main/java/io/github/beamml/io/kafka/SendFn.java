package io.github.beamml.io.kafka;

import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.io.ValueTexts;
import io.github.beamml.io.json.JsonRowWriter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.Row;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends rows as they come and waits at the end of a bundle until the broker has them all. */
final class SendFn extends DoFn<Row, Void> {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_PER_BATCH = 1000;

  private final KafkaConnection connection;
  private final String topic;
  private final RowSchema schema;
  private final String key;
  private transient @Nullable Producer<byte[], byte[]> producer;
  private transient @Nullable RowBatchBuilder pending;
  private transient @Nullable AtomicReference<@Nullable Exception> failure;

  SendFn(KafkaConnection connection, String topic, RowSchema schema, String key) {
    this.connection = connection;
    this.topic = topic;
    this.schema = schema;
    this.key = key;
  }

  @StartBundle
  public void startBundle() {
    pending = RowBatch.builder(schema);
    failure = new AtomicReference<>();
  }

  @ProcessElement
  public void process(@Element Row row) {
    RowBatchBuilder builder = present(pending);
    BeamRows.append(builder, row);
    if (builder.size() == ROWS_PER_BATCH) {
      send(builder.build());
    }
  }

  @FinishBundle
  public void finishBundle() {
    send(present(pending).build());
    try {
      producer().flush();
    } catch (KafkaException e) {
      throw KafkaFailures.to("write topic " + topic, connection, e);
    }
    failIfRefused();
  }

  private void send(RowBatch batch) {
    JsonRowWriter rows = new JsonRowWriter(schema);
    AtomicReference<@Nullable Exception> first = present(failure);
    try {
      for (int row = 0; row < batch.size(); row++) {
        Future<RecordMetadata> unused =
            producer()
                .send(
                    new ProducerRecord<>(topic, keyOf(batch, row), rows.toBytes(batch, row)),
                    (metadata, exception) -> {
                      if (exception != null) {
                        first.compareAndSet(null, exception);
                      }
                    });
      }
    } catch (KafkaException e) {
      throw KafkaFailures.to("write topic " + topic, connection, e);
    }
    failIfRefused();
  }

  private byte @Nullable [] keyOf(RowBatch batch, int row) {
    if (key.isEmpty()) {
      return null;
    }
    Column column = batch.column(key);
    return column.isNull(row) ? null : Utf8.bytes(ValueTexts.of(schema.field(key), column, row));
  }

  private void failIfRefused() {
    Exception first = present(failure).get();
    if (first != null) {
      KafkaException refused =
          first instanceof KafkaException known ? known : new KafkaException(first);
      throw KafkaFailures.to("write topic " + topic, connection, refused);
    }
  }

  private Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = KafkaProducers.open(connection, topic);
    }
    return producer;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("outside a bundle");
    }
    return value;
  }

  @Teardown
  public void teardown() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
      producer = null;
    }
  }
}
