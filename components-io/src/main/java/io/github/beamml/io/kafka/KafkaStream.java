package io.github.beamml.io.kafka;

import io.github.beamml.core.row.BadRecordCoder;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.json.JsonRowWriter;
import io.github.beamml.io.json.JsonRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Topics of JSON objects as unbounded rows, and rows into a topic. Secrets of the connection are
 * references that a worker resolves; the pipeline never holds them.
 *
 * <pre>{@code
 * PCollection<Row> flights =
 *     pipeline
 *         .apply(KafkaStream.read(connection, "flights", schema).withEventTime("sched_dep"))
 *         .get(KafkaStream.ROWS);
 * flights.apply(KafkaStream.write(connection, "scored").withKey("id"));
 * }</pre>
 */
public final class KafkaStream {
  /** The rows of a topic. */
  public static final TupleTag<Row> ROWS = new TupleTag<>("rows") {};

  /** The records that cannot be rows; empty unless they are kept. */
  public static final TupleTag<BadRecord> ERRORS = new TupleTag<>("errors") {};

  static final String READ = "read_kafka";
  static final String WRITE = "write_kafka";

  /** Where a topic is begun that no checkpoint continues. */
  enum Start {
    EARLIEST,
    LATEST
  }

  /** What becomes of bad records. */
  enum FailOrKeep {
    FAIL,
    KEEP
  }

  private KafkaStream() {}

  /**
   * Reads a topic from its beginning on, values as {@link JsonRows} reads them, each row at its
   * record's own time. Tombstones are dead letters.
   *
   * <p>Unbounded, in the global window. The watermark follows the events, never the clock: it is
   * the least of the partitions' latest events, and a partition without new records holds no other
   * back. At least once: a runner that goes on from a checkpoint reads what came behind it again.
   * Partitions that are added while the pipeline runs are not seen.
   */
  public static Read read(KafkaConnection connection, String topic, RowSchema schema) {
    return new Read(
        connection, topic, schema, "", Duration.ZERO, Start.EARLIEST, null, FailOrKeep.FAIL);
  }

  /**
   * Writes rows as JSON objects (see {@link JsonRowWriter}), without a key. At least once: a bundle
   * that is repeated writes its rows again; with a key a reader can tell.
   */
  public static Write write(KafkaConnection connection, String topic) {
    return new Write(connection, topic, "");
  }

  /** Reads a topic as a stream: {@link #ROWS} and {@link #ERRORS}. */
  public static final class Read extends PTransform<PBegin, PCollectionTuple> {
    private static final long serialVersionUID = 1L;

    private final KafkaConnection connection;
    private final String topic;
    private final RowSchema schema;
    private final String eventTime;
    private final Duration maxLateness;
    private final Start start;
    private final @Nullable ArrayList<OffsetRange> ranges;
    private final FailOrKeep failOrKeep;

    private Read(
        KafkaConnection connection,
        String topic,
        RowSchema schema,
        String eventTime,
        Duration maxLateness,
        Start start,
        @Nullable List<OffsetRange> ranges,
        FailOrKeep failOrKeep) {
      this.connection = connection;
      this.topic = topic;
      this.schema = schema;
      this.eventTime = eventTime;
      this.maxLateness = maxLateness;
      this.start = start;
      this.ranges = ranges == null ? null : new ArrayList<>(ranges);
      this.failOrKeep = failOrKeep;
    }

    /**
     * Gives each row the time of a column; where that is null, its record's.
     *
     * @throws InvalidInputException if there is no such column, or it is no timestamp
     */
    public Read withEventTime(String column) {
      if (schema.field(schema.position(column, "event_time")).type() != ValueType.TIMESTAMP) {
        throw InvalidInputException.of(
            "event_time", schema.field(column).typeLabel(), "a column of timestamps");
      }
      return new Read(connection, topic, schema, column, maxLateness, start, ranges, failOrKeep);
    }

    /** How far behind the latest event of its partition an event may be without being late. */
    public Read withMaxLateness(Duration lateness) {
      return new Read(connection, topic, schema, eventTime, lateness, start, ranges, failOrKeep);
    }

    /** Begins behind the records that the topic has when the pipeline starts. */
    public Read fromLatest() {
      return new Read(
          connection, topic, schema, eventTime, maxLateness, Start.LATEST, ranges, failOrKeep);
    }

    /**
     * Reads these offsets and ends there by itself; still a stream, with an unbounded collection.
     *
     * @param offsets see {@link KafkaSnapshot}
     */
    public Read within(List<OffsetRange> offsets) {
      return new Read(
          connection, topic, schema, eventTime, maxLateness, start, offsets, failOrKeep);
    }

    /** Puts records that cannot be rows into {@link #ERRORS} instead of failing at the first. */
    public Read keepingDeadLetters() {
      return new Read(
          connection, topic, schema, eventTime, maxLateness, start, ranges, FailOrKeep.KEEP);
    }

    KafkaConnection connection() {
      return connection;
    }

    String topic() {
      return topic;
    }

    RowSchema schema() {
      return schema;
    }

    String eventTime() {
      return eventTime;
    }

    long maxLatenessMillis() {
      return maxLateness.toMillis();
    }

    Start start() {
      return start;
    }

    @Nullable List<OffsetRange> ranges() {
      return ranges;
    }

    @Override
    public PCollectionTuple expand(PBegin input) {
      Schema beamSchema = BeamRows.toBeamSchema(schema);
      PCollectionTuple unpacked =
          input
              .apply("Poll", org.apache.beam.sdk.io.Read.from(KafkaStreamSource.of(this)))
              .apply(
                  "Unpack",
                  ParDo.of(new UnpackFn(beamSchema, eventTime, failOrKeep))
                      .withOutputTags(ROWS, TupleTagList.of(ERRORS)));
      PCollection<BadRecord> errors =
          unpacked
              .get(ERRORS)
              .setCoder(BadRecordCoder.of())
              .apply(
                  "GlobalErrors",
                  Window.<BadRecord>into(new GlobalWindows())
                      .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                      .discardingFiredPanes()
                      .withAllowedLateness(org.joda.time.Duration.ZERO));
      return PCollectionTuple.of(ROWS, unpacked.get(ROWS).setRowSchema(beamSchema))
          .and(ERRORS, errors);
    }
  }

  /** Writes rows into a topic. */
  public static final class Write extends PTransform<PCollection<Row>, PDone> {
    private static final long serialVersionUID = 1L;

    private final KafkaConnection connection;
    private final String topic;
    private final String key;

    private Write(KafkaConnection connection, String topic, String key) {
      this.connection = connection;
      this.topic = topic;
      this.key = key;
    }

    /** Gives each record the text of a column as its key; where that is null, none. */
    public Write withKey(String column) {
      return new Write(connection, topic, column);
    }

    @Override
    public PDone expand(PCollection<Row> input) {
      RowSchema schema = BeamRows.toRowSchema(input.getSchema());
      if (!key.isEmpty() && schema.field(schema.position(key, "key")).type() == ValueType.DOUBLES) {
        throw InvalidInputException.of(
            "key", schema.field(key).typeLabel(), "a column of single values");
      }
      input.apply("Send", ParDo.of(new SendFn(connection, topic, schema, key)));
      return PDone.in(input.getPipeline());
    }
  }
}
