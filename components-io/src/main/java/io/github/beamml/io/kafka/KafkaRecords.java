package io.github.beamml.io.kafka;

import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.io.RecordReject;
import io.github.beamml.io.json.JsonRows;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of a topic to rows or dead letters. */
final class KafkaRecords {
  private KafkaRecords() {}

  /** Where a record stands, such as {@code flights/3@1042}. */
  static String origin(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "/" + record.partition() + "@" + record.offset();
  }

  /** What a dead letter keeps: the value, of a tombstone the key. */
  static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
    byte[] bytes = record.value() == null ? record.key() : record.value();
    return bytes == null ? new byte[0] : bytes;
  }

  /**
   * @throws RecordReject if the record cannot be a row; the builder is as it was before
   */
  static void append(RowBatchBuilder builder, JsonRows rows, ConsumerRecord<byte[], byte[]> record)
      throws RecordReject {
    byte[] value = record.value();
    if (value == null) {
      builder.dropRow();
      throw new RecordReject("tombstone", "the record has no value");
    }
    rows.append(builder, value);
  }
}
