package io.github.beamml.workflow.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.core.chain.BatchSource;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.ValueTexts;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.csv.CsvFormat;
import io.github.beamml.io.file.FilePattern;
import io.github.beamml.io.file.RecordBytes;
import io.github.beamml.io.json.JsonRowWriter;
import io.github.beamml.io.parquet.ParquetFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes the events of a {@link Sample}: each row as one JSON object with the file's columns in
 * their order, in an order that has nothing to do with the file's. The same file gives the same
 * events, bytes, order and partitions everywhere. NaN is published as null, as JSON has no NaN; a
 * record of a CSV file that does not fit its columns as it stands, without a key, so that whoever
 * reads the topic meets it.
 */
public final class EventPublisher {
  private EventPublisher() {}

  /**
   * All events, in the order of publishing.
   *
   * @throws CannotException if the file cannot be read, or has an infinite number
   */
  public static List<Event> events(Sample sample) {
    try {
      String name = sample.file().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
      List<Event> events =
          name.endsWith(".jsonl") || name.endsWith(".json")
              ? eventsOfLines(sample)
              : eventsOfRows(sample, source(sample, name));
      events.sort(Event.IN_ORDER);
      return events;
    } catch (IOException e) {
      throw cannotRead(sample, String.valueOf(e.getMessage()), e);
    }
  }

  private static BatchSource<?> source(Sample sample, String name) {
    if (name.endsWith(".parquet")) {
      return ParquetFiles.source(sample.file());
    }
    if (!name.endsWith(".csv")) {
      throw CannotException.to(
          "publish sample " + sample.file(), "its name ends in none of .parquet, .csv, .jsonl");
    }
    RowSchema schema = sample.schema();
    return CsvFiles.source(
        sample.file(),
        schema == null ? CsvFiles.schemaOf(sample.file(), CsvFormat.rfc4180()) : schema,
        CsvFormat.rfc4180());
  }

  private static <SplitT extends Serializable> List<Event> eventsOfRows(
      Sample sample, BatchSource<SplitT> source) throws IOException {
    List<RowBatch> batches = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    BatchSource.Output output =
        new BatchSource.Output() {
          @Override
          public void batch(RowBatch batch) {
            batches.add(nanAsNull(batch));
          }

          @Override
          public void bad(BadRecord bad) {
            events.add(event(sample, List.of(), bad.record()));
          }

          @Override
          public void count(String name, long number) {}
        };
    for (SplitT split : source.splits()) {
      source.read(split, output);
    }
    batches.parallelStream().map(batch -> events(sample, batch)).forEachOrdered(events::addAll);
    events.addAll(sample.planting().events(batches, sample.order()));
    return events;
  }

  private static RowBatch nanAsNull(RowBatch batch) {
    RowBatch result = batch;
    for (Field field : batch.schema().fields()) {
      if (batch.column(field.name()) instanceof DoubleColumn column) {
        long[] nulls = new long[(column.size() + 63) >> 6];
        boolean found = false;
        for (int row = 0; row < column.size(); row++) {
          boolean isNan = !column.isNull(row) && Double.isNaN(column.get(row));
          found |= isNan;
          if (isNan || column.isNull(row)) {
            nulls[row >> 6] |= 1L << row;
          }
        }
        if (found) {
          result =
              result.with(
                  Field.nullable(field.name(), ValueType.DOUBLE),
                  DoubleColumn.of(column.values(), nulls));
        }
      }
    }
    return result;
  }

  private static List<Event> events(Sample sample, RowBatch batch) {
    RowSchema schema = batch.schema();
    JsonRowWriter json = new JsonRowWriter(schema);
    int[] key = sample.key().stream().mapToInt(name -> schema.position(name, "key")).toArray();
    List<Event> events = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      byte[] value = json.toBytes(batch, row);
      List<String> texts = new ArrayList<>(key.length);
      for (int position : key) {
        Column column = batch.column(position);
        texts.add(column.isNull(row) ? "" : ValueTexts.of(schema.field(position), column, row));
      }
      events.add(event(sample, texts, value));
    }
    return events;
  }

  /** Lines are published as they stand; what is no JSON has no key. */
  private static List<Event> eventsOfLines(Sample sample) throws IOException {
    List<Event> events = new ArrayList<>();
    for (String file : new FilePattern(sample.file()).match()) {
      try (RecordBytes lines = RecordBytes.open(file)) {
        while (lines.readLine()) {
          byte[] line = lines.bytes();
          if (line.length > RecordBytes.MAX_RECORD_BYTES) {
            throw cannotRead(sample, RecordBytes.tooLong().message(), null);
          }
          events.add(event(sample, keyOf(sample, line), line));
        }
      }
    }
    return events;
  }

  private static List<String> keyOf(Sample sample, byte[] line) {
    try {
      JsonNode json = CanonicalJson.parse("line", line);
      return sample.key().stream().map(name -> json.path(name).asText()).toList();
    } catch (CannotException e) {
      return List.of();
    }
  }

  private static Event event(Sample sample, List<String> key, byte[] value) {
    if (key.isEmpty()) {
      String id = Hex.of(Sha256.of(value));
      return new Event(sample.rowKind(), sample.order().key(id, sample.rowKind()), null, value);
    }
    String id = key.size() == 1 ? key.get(0) : String.join("/", key);
    return new Event(
        sample.rowKind(), sample.order().key(id, sample.rowKind()), id.getBytes(UTF_8), value);
  }

  /** SHA-256 over all events in order, as the documentation of the events defines it. */
  public static byte[] digest(List<Event> events) {
    Sha256 sha256 = new Sha256();
    for (Event event : events) {
      byte[] value = event.value();
      Stream.of(
              event.key() == null ? new byte[0] : event.key(),
              value == null ? new byte[] {0, 0} : new byte[] {0, 1},
              value == null ? new byte[0] : value,
              new byte[] {'\n'})
          .forEach(part -> sha256.update(part, 0, part.length));
    }
    return sha256.finish();
  }

  private static CannotException cannotRead(
      Sample sample, String reason, @org.jspecify.annotations.Nullable IOException cause) {
    String action = "publish sample " + sample.file();
    return cause == null
        ? CannotException.to(action, reason)
        : CannotException.to(action, reason, cause);
  }
}
