package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowKey;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.csv.CsvFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the first stage reads.
 *
 * @param source where from
 * @param schema of an event, before protection
 * @param window of event time
 * @param zone where the window's dates and the workflow's times are local
 * @param key how rows are told apart
 * @param limit how many dead letters may be
 * @param protection what happens to personal columns, by column
 * @param keepBytes whether dead letters keep their bytes although columns are personal
 * @param consumerConfig properties of Kafka's consumer
 * @param provenance owner, licence and access class of the source
 */
public record ReaderDefinition(
    Source source,
    RowSchema schema,
    EventWindow window,
    String zone,
    RowKey key,
    DeadLetterLimit limit,
    Map<String, String> protection,
    boolean keepBytes,
    Map<String, String> consumerConfig,
    ObjectNode provenance) {
  /** The stage's name. */
  public static final String STAGE = "kafka-reader-io";

  /** Where rows come from. */
  public sealed interface Source {}

  /**
   * @param connection its name in the profile
   */
  public record Topic(String connection) implements Source {}

  /**
   * @param pattern a path relative to the workflow's folder
   * @param format parquet, csv, json or avro
   * @param csv what CSV files look like
   */
  public record FileSource(String pattern, String format, CsvFormat csv) implements Source {}

  static ReaderDefinition read(Section section) {
    section.allow(
        "source",
        "format",
        "csv",
        "provenance",
        "schema",
        "event_time",
        "window",
        "row_key",
        "max_dead_letters",
        "pii",
        "keep_bytes",
        "consumer_config");
    RowSchema schema = schema(section);
    List<String> keyFields = section.texts("row_key");
    RowKey key = RowKey.of(keyFields);
    key.check(schema, section.key("row_key"));
    String zone =
        section.findSection("window").flatMap(window -> window.findText("zone")).orElse("UTC");
    return new ReaderDefinition(
        source(section),
        schema,
        window(section, schema, ZoneRules.of(zone, section.key("window.zone"))),
        zone,
        key,
        DeadLetterLimit.read(section),
        section.textMap("pii"),
        section.flag("keep_bytes", false),
        section.textMap("consumer_config"),
        section.findSection("provenance").map(Section::values).orElseGet(CanonicalJson::object));
  }

  private static Source source(Section section) {
    Section source = section.section("source").allow("kafka", "files");
    String format = section.findText("format").orElse("json");
    CsvFormat csv = csv(section, format);
    if (source.has("files")) {
      if (!List.of("parquet", "csv", "json", "avro").contains(format)) {
        throw InvalidInputException.of(
            section.key("format"), format, "one of parquet, csv, json, avro");
      }
      return new FileSource(source.text("files"), format, csv);
    }
    if (!format.equals("json")) {
      throw InvalidInputException.of(section.key("format"), format, "json for a topic");
    }
    return new Topic(source.text("kafka"));
  }

  private static CsvFormat csv(Section section, String format) {
    Optional<Section> csv = section.findSection("csv");
    if (csv.isPresent() && !format.equals("csv")) {
      throw InvalidInputException.of(
          section.key("csv"), csv.get().values(), "left out with format: " + format);
    }
    return csv.map(given -> CsvFormat.of(given.path(), given.parameters()))
        .orElse(CsvFormat.rfc4180());
  }

  private static RowSchema schema(Section section) {
    List<Field> fields = new ArrayList<>();
    section
        .textMap("schema")
        .forEach(
            (name, type) ->
                fields.add(SchemaText.field(section.key("schema." + name), name, type)));
    if (fields.isEmpty()) {
      throw InvalidInputException.of(
          section.key("schema"), "missing", "columns with their types, such as {id: string}");
    }
    return RowSchema.of(fields);
  }

  private static EventWindow window(Section section, RowSchema schema, ZoneRules zone) {
    if (!section.has("window")) {
      return EventWindow.unbounded();
    }
    Section window = section.section("window").allow("from", "to", "zone");
    String column = section.text("event_time");
    int position = schema.position(column, section.key("event_time"));
    if (schema.field(position).type() != ValueType.TIMESTAMP) {
      throw InvalidInputException.of(
          section.key("event_time"), column, "a timestamp column of the schema");
    }
    long from = zone.parse(window.key("from"), window.text("from"));
    long to = zone.parse(window.key("to"), window.text("to"));
    if (from >= to) {
      throw InvalidInputException.of(
          window.path(), window.text("from") + " to " + window.text("to"), "from before to");
    }
    return new EventWindow(column, from, to);
  }
}
