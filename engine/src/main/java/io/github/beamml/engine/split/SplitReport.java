package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.Utf8;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a split did: rows of each part, how often each label occurs there, and the groups that are
 * in more than one part. A mergeable state, exact, for one thread: the report of some rows merged
 * with that of others is the report of all, in any order.
 *
 * <p>Memory grows with the distinct labels and groups, not with rows.
 */
public final class SplitReport {
  private static final int PARTS = Part.values().length;
  private static final String NULL = "null";
  private static final String VALUE_PREFIX = "=";

  private final @Nullable String label;
  private final @Nullable String group;
  private final long[] rows = new long[PARTS];

  /** Counts by part of every label; a null label has the key null, any other = and its text. */
  private final SortedMap<String, long[]> labels = new TreeMap<>(Utf8.ORDER);

  private final SortedMap<String, long[]> groups = new TreeMap<>(Utf8.ORDER);

  private SplitReport(@Nullable String label, @Nullable String group) {
    this.label = label;
    this.group = group;
  }

  /**
   * Of no rows.
   *
   * @param label the column whose values are counted by part; null for none
   * @param group the column whose values should each be in one part; null for none
   */
  public static SplitReport empty(@Nullable String label, @Nullable String group) {
    return new SplitReport(label, group);
  }

  /**
   * Adds rows.
   *
   * @param codes the part of every row, as {@link Split#assign} gives it
   */
  public void add(RowBatch batch, byte[] codes) {
    for (byte code : codes) {
      rows[code]++;
    }
    count(labels, label == null ? null : batch.column(label), codes);
    count(groups, group == null ? null : batch.column(group), codes);
  }

  private static void count(
      SortedMap<String, long[]> counts, @Nullable Column column, byte[] codes) {
    for (int row = 0; column != null && row < codes.length; row++) {
      Object value = column.value(row);
      String key = value == null ? NULL : VALUE_PREFIX + text(value);
      counts.computeIfAbsent(key, unseen -> new long[PARTS])[codes[row]]++;
    }
  }

  private static String text(Object value) {
    return value instanceof Double number ? CanonicalJson.float64(number) : value.toString();
  }

  /** Adds the rows of another report of the same columns. */
  public void merge(SplitReport other) {
    add(rows, other.rows);
    other.labels.forEach((key, counts) -> add(at(labels, key), counts));
    other.groups.forEach((key, counts) -> add(at(groups, key), counts));
  }

  private static long[] at(SortedMap<String, long[]> counts, String key) {
    return counts.computeIfAbsent(key, unseen -> new long[PARTS]);
  }

  private static void add(long[] counts, long[] more) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.addExact(counts[i], more[i]);
    }
  }

  public long rows(Part part) {
    return rows[part.ordinal()];
  }

  /** How many rows of a part have this label, given as text; null counts rows without a label. */
  public long labelled(Part part, @Nullable String value) {
    long[] counts = labels.get(value == null ? NULL : VALUE_PREFIX + value);
    return counts == null ? 0 : counts[part.ordinal()];
  }

  /** How many groups there are, null as one. */
  public int groupCount() {
    return groups.size();
  }

  /** The groups with rows in more than one of training, validation and test; null as "null". */
  public List<String> groupsOnSeveralSides() {
    return groups.entrySet().stream()
        .filter(entry -> Arrays.stream(entry.getValue(), 0, 3).filter(n -> n > 0).count() > 1)
        .map(entry -> entry.getKey().equals(NULL) ? NULL : entry.getKey().substring(1))
        .toList();
  }

  /** The state as canonical bytes. */
  public byte[] toBytes() {
    return CanonicalJson.bytes(toJson());
  }

  /**
   * {@code {"rows": {"train": "n", ...}, "labels": [{"value": ..., "train": "n", ...}], "groups":
   * [...]}}; parts without rows are left out.
   */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    write(json.putObject("rows"), rows);
    write(json.putArray("labels"), labels);
    write(json.putArray("groups"), groups);
    return json;
  }

  private static void write(ArrayNode array, SortedMap<String, long[]> counts) {
    counts.forEach(
        (key, parts) -> {
          ObjectNode entry = array.addObject();
          if (key.equals(NULL)) {
            entry.putNull("value");
          } else {
            entry.put("value", key.substring(1));
          }
          write(entry, parts);
        });
  }

  private static void write(ObjectNode json, long[] counts) {
    for (Part part : Part.values()) {
      if (counts[part.ordinal()] > 0) {
        json.put(part.label(), CanonicalJson.int64(counts[part.ordinal()]));
      }
    }
  }

  /**
   * Reads what {@link #toBytes} gave.
   *
   * @throws CannotException if the bytes are anything else
   */
  public static SplitReport parse(@Nullable String label, @Nullable String group, byte[] bytes) {
    JsonNode json = CanonicalJson.parse("split report", bytes);
    SplitReport report = new SplitReport(label, group);
    try {
      read(json.path("rows"), report.rows);
      json.path("labels").forEach(entry -> read(entry, at(report.labels, key(entry))));
      json.path("groups").forEach(entry -> read(entry, at(report.groups, key(entry))));
    } catch (NumberFormatException e) {
      throw CannotException.to("read split report", "a count is no number", e);
    }
    return report;
  }

  private static String key(JsonNode entry) {
    return entry.path("value").isNull() ? NULL : VALUE_PREFIX + entry.path("value").asText();
  }

  private static void read(JsonNode json, long[] counts) {
    for (Part part : Part.values()) {
      counts[part.ordinal()] = Long.parseLong(json.path(part.label()).asText("0"));
    }
  }
}
