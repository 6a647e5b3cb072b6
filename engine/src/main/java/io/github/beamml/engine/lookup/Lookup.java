package io.github.beamml.engine.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.BatchFn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds columns of a small table to rows. Immutable.
 *
 * <p>By keys: the one row of the table whose key columns equal the row's. By time as well: of the
 * table's rows with these keys the last one at or before the row's time ("as of"), never a later
 * one, so that nothing is known before it was known; with {@code within} none that is older than
 * that. Without a match, and where a key or the time is null, the new columns are null.
 *
 * <p>Two rows of a table with the same keys are refused when looking up by keys; by time, of rows
 * with the same keys and time the one with the greatest row hash counts.
 */
public final class Lookup implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> KEYS =
      List.of("table", "on", "at", "as_of", "within", "take", "table_on", "as");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
  private static final Map<String, Long> UNIT_MICROS =
      Map.of("s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L, "d", 86_400_000_000L);

  private final String key;
  private final String table;
  private final List<String> on;
  private final List<String> tableOn;
  private final @Nullable String at;
  private final @Nullable String asOf;
  private final @Nullable String within;
  private final List<String> take;
  private final List<String> as;

  private Lookup(
      String key,
      String table,
      List<String> on,
      List<String> tableOn,
      @Nullable String at,
      @Nullable String asOf,
      @Nullable String within,
      List<String> take,
      List<String> as) {
    this.key = key;
    this.table = table;
    this.on = List.copyOf(on);
    this.tableOn = List.copyOf(tableOn);
    this.at = at;
    this.asOf = asOf;
    this.within = within;
    this.take = List.copyOf(take);
    this.as = List.copyOf(as);
    if (tableOn.size() != on.size()) {
      throw invalid("table_on", tableOn, "one column of the table for each of `on`");
    }
    if (as.size() != take.size() || new HashSet<>(as).size() != as.size()) {
      throw invalid("as", as, "one distinct name for each of `take`");
    }
    if ((at == null) != (asOf == null)) {
      throw invalid(
          at == null ? "at" : "as_of", "nothing", "given with " + (at == null ? "as_of" : "at"));
    }
    if (within != null && (at == null || !DURATION.matcher(within).matches())) {
      throw invalid("within", within, "a time such as 30m, 6h or 2d, given with at and as_of");
    }
  }

  /** In the table of this name or path, see {@link LookupTable#name}. */
  public static Lookup in(String table) {
    return new Lookup(
        "lookup", table, List.of(), List.of(), null, null, null, List.of(), List.of());
  }

  /** By columns that have the same names in the rows and in the table. */
  public Lookup on(String... columns) {
    List<String> names = List.of(columns);
    return new Lookup(key, table, names, names, at, asOf, within, take, as);
  }

  /** By one more column, and the table's column it must equal. */
  public Lookup onColumn(String column, String tableColumn) {
    return new Lookup(
        key, table, plus(on, column), plus(tableOn, tableColumn), at, asOf, within, take, as);
  }

  /** By time: the table's last row whose {@code tableTime} is at or before the row's time. */
  public Lookup asOf(String time, String tableTime) {
    return new Lookup(key, table, on, tableOn, time, tableTime, within, take, as);
  }

  /** By time, but nothing older than this, such as {@code 6h}: a number and s, m, h or d. */
  public Lookup within(String duration) {
    return new Lookup(key, table, on, tableOn, at, asOf, duration, take, as);
  }

  /** The columns of the table that are added under their names. */
  public Lookup take(String... columns) {
    List<String> names = List.of(columns);
    return new Lookup(key, table, on, tableOn, at, asOf, within, names, names);
  }

  /** One more column of the table, and the name it is added under. */
  public Lookup takeColumn(String tableColumn, String name) {
    return new Lookup(
        key, table, on, tableOn, at, asOf, within, plus(take, tableColumn), plus(as, name));
  }

  private static List<String> plus(List<String> names, String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return more;
  }

  /**
   * Reads {@code {table: data/weather.parquet, on: [origin], at: sched_dep, as_of: time_hour,
   * within: 6h, take: [temp, wind_speed]}}. Where names differ, {@code on: {origin: faa}} names the
   * table's column behind the row's, and {@code take: {lat: origin_lat}} the new name behind the
   * table's.
   *
   * @param key its place, such as {@code lookups[0]}
   * @throws InvalidInputException naming the nearest known key if one is unknown, missing or wrong
   */
  public static Lookup fromJson(JsonNode json, String key) {
    if (!json.isObject()) {
      throw InvalidInputException.of(key, json, "a lookup such as {table: ..., on: [...]}");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                throw InvalidInputException.because(
                    key + "." + name, "unknown key" + Suggestions.didYouMean(name, KEYS));
              }
            });
    String table = text(json, key, "table");
    if (table == null) {
      throw InvalidInputException.of(key + ".table", "nothing", "the path of a table");
    }
    Names on = Names.read(json, key, "on", "table_on");
    Names take = Names.read(json, key, "take", "as");
    if (take.first().isEmpty()) {
      throw InvalidInputException.of(key + ".take", "nothing", "a list of columns of the table");
    }
    String at = text(json, key, "at");
    String asOf = text(json, key, "as_of");
    String within = text(json, key, "within");
    return new Lookup(
        key, table, on.first(), on.second(), at, asOf, within, take.first(), take.second());
  }

  private static @Nullable String text(JsonNode json, String key, String name) {
    JsonNode node = json.path(name);
    if (!node.isMissingNode() && !node.isTextual()) {
      throw InvalidInputException.of(key + "." + name, node, "a text");
    }
    return node.isTextual() ? node.textValue() : null;
  }

  /** Names here and their counterparts there. */
  private record Names(List<String> first, List<String> second) {
    static Names read(JsonNode json, String key, String name, String otherName) {
      JsonNode node = json.path(name);
      if (node.isObject()) {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        node.fields()
            .forEachRemaining(
                entry -> {
                  first.add(entry.getKey());
                  second.add(entry.getValue().asText());
                });
        return new Names(first, second);
      }
      List<String> first = list(node, key + "." + name);
      JsonNode other = json.path(otherName);
      return new Names(first, other.isMissingNode() ? first : list(other, key + "." + otherName));
    }

    private static List<String> list(JsonNode node, String key) {
      List<String> names = new ArrayList<>();
      if (node.isTextual()) {
        names.add(node.textValue());
      } else if (!node.isMissingNode() && !node.isArray()) {
        throw InvalidInputException.of(key, node, "a column or a list of columns");
      }
      for (JsonNode element : node) {
        names.add(element.asText());
      }
      return names;
    }
  }

  /** The name or path of the table. */
  public String table() {
    return table;
  }

  /** The columns of the rows that are read: keys and time. */
  public List<String> inputColumns() {
    return at == null ? on : plus(on, at);
  }

  /** The columns of the table that are read: keys, time and what is taken. */
  public List<String> tableColumns() {
    Set<String> columns = new LinkedHashSet<>(tableOn);
    if (asOf != null) {
      columns.add(asOf);
    }
    columns.addAll(take);
    return List.copyOf(columns);
  }

  /** The lookup with every name, for digests and for {@link #fromJson}. */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object().put("table", table);
    put(json.putArray("on"), on);
    put(json.putArray("table_on"), tableOn);
    put(json.putArray("take"), take);
    put(json.putArray("as"), as);
    if (at != null) {
      json.put("at", at).put("as_of", asOf);
    }
    if (within != null) {
      json.put("within", within);
    }
    return json;
  }

  private static void put(ArrayNode array, List<String> names) {
    names.forEach(array::add);
  }

  /**
   * The lookup as a step of a chain; the table is read once in a process, when the first row comes.
   *
   * @throws InvalidInputException if the table lacks a column
   */
  public BatchFn fn(LookupTable rows) {
    return new LookupFn(this, rows);
  }

  InvalidInputException invalid(String name, Object value, String constraint) {
    return InvalidInputException.of(key + "." + name, value, constraint);
  }

  String place(String name) {
    return key + "." + name;
  }

  List<String> on() {
    return on;
  }

  List<String> tableOn() {
    return tableOn;
  }

  @Nullable String at() {
    return at;
  }

  @Nullable String asOf() {
    return asOf;
  }

  /** How old a reading may be, in microseconds. */
  long maxAgeMicros() {
    if (within == null) {
      return Long.MAX_VALUE;
    }
    Matcher matcher = DURATION.matcher(within);
    if (!matcher.matches()) {
      throw new IllegalStateException(within);
    }
    Long unit = UNIT_MICROS.get(matcher.group(2));
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit == null ? 1 : unit);
  }

  List<String> take() {
    return take;
  }

  List<String> as() {
    return as;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lookup that && toJson().equals(that.toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public String toString() {
    return CanonicalJson.text(toJson());
  }
}
