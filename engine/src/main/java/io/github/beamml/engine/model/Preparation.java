package io.github.beamml.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.ArtifactFiles;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.expression.DeriveFn;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.lookup.LookupTable;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchCodec;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.tree.FeatureMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that turns a raw row into the numbers that a model reads: lookups in small tables, derived
 * columns and fitted features, in this order. It holds the tables too, so that a service can score
 * raw rows with nothing else. Immutable; a function of each row alone.
 */
public final class Preparation {
  /** The file that names lookups and derived columns. */
  public static final String FILE_NAME = "preparation.json";

  private final RowSchema inputSchema;
  private final List<TableLookup> lookups;
  private final String zone;
  private final Map<String, Expression> derived;
  private final FittedFeatures features;
  private final List<BatchFn> functions;

  /**
   * A lookup and the table it reads.
   *
   * @param rows the columns of the table that the lookup reads
   */
  public record TableLookup(Lookup lookup, RowBatch rows) {}

  private Preparation(
      RowSchema inputSchema,
      List<TableLookup> lookups,
      String zone,
      Map<String, Expression> derived,
      FittedFeatures features) {
    this.inputSchema = inputSchema;
    this.lookups = List.copyOf(lookups);
    this.zone = zone;
    this.derived = new LinkedHashMap<>(derived);
    this.features = features;
    this.functions = new ArrayList<>(enrichment(lookups, derived));
    this.functions.add(features.fn());
  }

  /**
   * @param rawSchema of the rows that it was fitted to; the columns that are read are kept of it
   * @param derived expressions by column, in the order of computation
   * @param zone where times are local that say no zone
   */
  public static Preparation of(
      RowSchema rawSchema,
      List<TableLookup> lookups,
      String zone,
      Map<String, Expression> derived,
      FittedFeatures features) {
    RowSchema read = readColumns(rawSchema, lookups, derived, features);
    return new Preparation(read, lookups, zone, derived, features);
  }

  /** The functions before the features: lookups, then derived columns. */
  public static List<BatchFn> enrichment(
      List<TableLookup> lookups, Map<String, Expression> derived) {
    List<BatchFn> functions = new ArrayList<>();
    for (TableLookup lookup : lookups) {
      functions.add(lookup.lookup().fn(LookupTable.of(tableName(lookup.rows()), lookup.rows())));
    }
    if (!derived.isEmpty()) {
      functions.add(DeriveFn.of(derived));
    }
    return functions;
  }

  /** Tables are shared in a process by their name, so it is made from what is in them. */
  private static String tableName(RowBatch rows) {
    return Digest.of(encode(rows)).text();
  }

  private static RowSchema readColumns(
      RowSchema raw,
      List<TableLookup> lookups,
      Map<String, Expression> derived,
      FittedFeatures features) {
    List<String> names = new ArrayList<>();
    lookups.forEach(lookup -> names.addAll(lookup.lookup().inputColumns()));
    derived.values().forEach(expression -> names.addAll(expression.columns()));
    names.addAll(features.inputSchema().names());
    List<Field> fields = new ArrayList<>();
    for (Field field : raw.fields()) {
      if (!field.isSystem() && names.contains(field.name())) {
        fields.add(Field.nullable(field.name(), field.type()));
      }
    }
    return RowSchema.of(fields);
  }

  /** The columns of a raw row that are read; each may be null. */
  public RowSchema inputSchema() {
    return inputSchema;
  }

  /** The lookups with the tables that they read. */
  public List<TableLookup> lookups() {
    return lookups;
  }

  public FittedFeatures features() {
    return features;
  }

  /** The functions that prepare a batch, for a chain. */
  public List<BatchFn> functions() {
    return List.copyOf(functions);
  }

  /** Prepares a batch of raw rows; columns that are not read pass through. */
  public RowBatch apply(RowBatch raw, RowErrors errors) {
    RowBatch batch = raw;
    for (BatchFn function : functions) {
      batch = function.apply(batch, errors);
    }
    return batch;
  }

  /** The numbers of prepared rows: a column for each of the features' slots. */
  public FeatureMatrix matrix(RowBatch prepared) {
    double[][] columns = new double[features.slots().size()][prepared.size()];
    features.fillMatrix(prepared, columns, 0);
    return FeatureMatrix.of(features.slots(), columns);
  }

  /** SHA-256 of all its files: what it is. */
  public Digest digest() {
    ObjectNode content = CanonicalJson.object();
    files().forEach((name, bytes) -> content.put(name, Digest.of(bytes).text()));
    return Digest.of(CanonicalJson.bytes(content));
  }

  /** Its files by name; equal preparations have equal bytes. */
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    ObjectNode json = CanonicalJson.object().put("zone", zone);
    json.set("input", inputSchema.toJson());
    ArrayNode lookupList = json.putArray("lookups");
    for (int i = 0; i < lookups.size(); i++) {
      TableLookup lookup = lookups.get(i);
      String file = "tables/" + i + ".rows";
      ObjectNode entry = lookupList.addObject().put("file", file);
      entry.set("lookup", lookup.lookup().toJson());
      entry.set("schema", lookup.rows().schema().toJson());
      files.put(file, encode(lookup.rows()));
    }
    ArrayNode derivedList = json.putArray("derived");
    derived.forEach(
        (name, expression) ->
            derivedList.addObject().put("name", name).put("is", expression.text()));
    files.put(FILE_NAME, CanonicalJson.bytes(json));
    files.put(FittedFeatures.FILE_NAME, features.toBytes());
    return files;
  }

  /**
   * Reads what {@link #files} gave.
   *
   * @throws CannotException if a file is missing, broken or of a later format
   */
  public static Preparation read(ArtifactFiles files) {
    JsonNode json = CanonicalJson.parse(FILE_NAME, files.read(FILE_NAME));
    List<TableLookup> lookups = new ArrayList<>();
    for (JsonNode entry : json.path("lookups")) {
      RowSchema schema = RowSchema.fromJson(entry.path("schema"));
      lookups.add(
          new TableLookup(
              Lookup.fromJson(entry.path("lookup"), "lookups[" + lookups.size() + "]"),
              decode(schema, files.read(entry.path("file").asText()))));
    }
    String zone = json.path("zone").asText();
    Map<String, Expression> derived = new LinkedHashMap<>();
    for (JsonNode entry : json.path("derived")) {
      String name = entry.path("name").asText();
      derived.put(name, Expression.parse("derive." + name, entry.path("is").asText(), zone));
    }
    return new Preparation(
        RowSchema.fromJson(json.path("input")),
        lookups,
        zone,
        derived,
        FittedFeatures.parse(files.read(FittedFeatures.FILE_NAME)));
  }

  private static byte[] encode(RowBatch rows) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new RowBatchCodec(rows.schema()).encode(rows, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RowBatch decode(RowSchema schema, byte[] bytes) {
    try {
      return new RowBatchCodec(schema).decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
