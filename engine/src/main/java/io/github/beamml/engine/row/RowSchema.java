package io.github.beamml.engine.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An ordered list of fields with distinct names. */
public final class RowSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Field> fields;
  private final Map<String, Integer> positions;

  private RowSchema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.positions = new HashMap<>();
    for (Field field : fields) {
      if (positions.put(field.name(), positions.size()) != null) {
        throw InvalidInputException.of("schema", field.name(), "a list of distinct names");
      }
    }
  }

  public static RowSchema of(Field... fields) {
    return new RowSchema(Arrays.asList(fields));
  }

  /**
   * @throws InvalidInputException if two fields have one name
   */
  public static RowSchema of(List<Field> fields) {
    return new RowSchema(fields);
  }

  public List<Field> fields() {
    return fields;
  }

  public int size() {
    return fields.size();
  }

  public Field field(int position) {
    return fields.get(position);
  }

  /**
   * @throws InvalidInputException if there is no such field
   */
  public Field field(String name) {
    return fields.get(position(name));
  }

  public boolean has(String name) {
    return positions.containsKey(name);
  }

  /**
   * @throws InvalidInputException naming the nearest column if there is no such field
   */
  public int position(String name) {
    return position(name, "column");
  }

  /**
   * @param key what named the column, as the user typed it, such as {@code features[1].columns}
   * @throws InvalidInputException naming the key and the nearest column if there is no such field
   */
  public int position(String name, String key) {
    Integer position = positions.get(name);
    if (position == null) {
      throw InvalidInputException.unknown(key, name, "a column of the input", names());
    }
    return position;
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The fields whose names do not start with an underscore. */
  public List<Field> dataFields() {
    return fields.stream().filter(field -> !field.isSystem()).toList();
  }

  /** Positions of the data fields in the order of their names (by UTF-8 bytes). */
  public int[] canonicalOrder() {
    return fields.stream()
        .filter(field -> !field.isSystem())
        .sorted(Comparator.comparing(Field::name, Utf8.ORDER))
        .mapToInt(field -> position(field.name()))
        .toArray();
  }

  /** This schema with more fields behind; a field of the same name is replaced in its place. */
  public RowSchema with(Field... added) {
    List<Field> all = new ArrayList<>(fields);
    for (Field field : added) {
      Integer position = positions.get(field.name());
      if (position == null) {
        all.add(field);
      } else {
        all.set(position, field);
      }
    }
    return new RowSchema(all);
  }

  /**
   * The named fields in the order given.
   *
   * @throws InvalidInputException if there is no field of a name
   */
  public RowSchema select(Collection<String> names) {
    return new RowSchema(names.stream().map(this::field).toList());
  }

  public RowSchema without(Set<String> names) {
    return keep(field -> !names.contains(field.name()));
  }

  public RowSchema keep(Predicate<Field> predicate) {
    return new RowSchema(fields.stream().filter(predicate).toList());
  }

  /** {@code [{"name": ..., "nullable": ..., "type": ...}, ...]} in the order of the fields. */
  public ArrayNode toJson() {
    ArrayNode array = CanonicalJson.array();
    for (Field field : fields) {
      array
          .addObject()
          .put("name", field.name())
          .put("type", field.type().label())
          .put("nullable", field.nullable());
    }
    return array;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws CannotException if the JSON has another form
   */
  public static RowSchema fromJson(JsonNode json) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode node : json) {
      String label = node.path("type").asText();
      ValueType type =
          Arrays.stream(ValueType.values())
              .filter(known -> known.label().equals(label))
              .findFirst()
              .orElseThrow(() -> CannotException.to("read schema", "unknown type " + label));
      fields.add(
          new Field(node.path("name").asText(), type, node.path("nullable").asBoolean(false)));
    }
    return new RowSchema(fields);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowSchema that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.stream()
        .map(field -> field.name() + ": " + field.typeLabel())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
