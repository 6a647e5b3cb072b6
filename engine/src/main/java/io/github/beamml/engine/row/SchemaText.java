package io.github.beamml.engine.row;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Schemas as people write them: {@code {id: string, arr_delay: double?}}. A type is the label of a
 * {@link ValueType}; a question mark behind it lets the column be null.
 */
public final class SchemaText {
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"|([^\\s,:{}\"]+))\\s*:\\s*"
              + "(?:\"([^\"]*)\"|([^\\s,:{}\"]+))\\s*");
  private static final String FORM = "of the form {id: string, arr_delay: double?}";

  private SchemaText() {}

  /**
   * One field.
   *
   * @param key what the type was typed for, such as {@code schema.arr_delay}
   * @param typeLabel such as {@code double?}
   * @throws InvalidInputException naming the nearest type if there is no such type, or if the name
   *     is empty or one of the library's own
   */
  public static Field field(String key, String name, String typeLabel) {
    if (name.isEmpty() || name.startsWith(Field.SYSTEM_PREFIX)) {
      throw InvalidInputException.of(
          key, name.isEmpty() ? "a column without a name" : name, "a name that starts with no _");
    }
    boolean nullable = typeLabel.endsWith("?");
    String label = nullable ? typeLabel.substring(0, typeLabel.length() - 1) : typeLabel;
    for (ValueType type : ValueType.values()) {
      if (type.label().equals(label)) {
        return new Field(name, type, nullable);
      }
    }
    List<String> known = Arrays.stream(ValueType.values()).map(ValueType::label).toList();
    throw InvalidInputException.unknown(
        key,
        typeLabel,
        "a type, which are " + String.join(", ", known) + ", each with a ? where null is allowed",
        known);
  }

  /**
   * A schema from names and type labels, in the order of the map.
   *
   * @param key what holds the schema, as the user typed it
   * @throws InvalidInputException as {@link #field} does, or if there is no field
   */
  public static RowSchema schema(String key, Map<String, String> fields) {
    if (fields.isEmpty()) {
      throw InvalidInputException.of(key, "no columns", FORM);
    }
    return RowSchema.of(
        fields.entrySet().stream()
            .map(entry -> field(key + "." + entry.getKey(), entry.getKey(), entry.getValue()))
            .toList());
  }

  /**
   * Reads {@code {id: string, arr_delay: double?}}, with or without quotes around names and types
   * (so that an object of JSON is read too), or the array that {@link RowSchema#toJson} gives.
   *
   * @param key what holds the text, as the user typed it
   * @throws InvalidInputException if the text has another form or a type is unknown
   */
  public static RowSchema parse(String key, String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("[")) {
      return RowSchema.fromJson(CanonicalJson.parse(key, trimmed));
    }
    if (trimmed.length() < 2 || !trimmed.startsWith("{") || !trimmed.endsWith("}")) {
      throw InvalidInputException.of(key, text, FORM);
    }
    List<Field> fields = new ArrayList<>();
    int end = trimmed.length() - 1;
    Matcher entry = ENTRY.matcher(trimmed).region(1, end);
    while (entry.lookingAt()) {
      fields.add(field(key + "." + name(entry), name(entry), either(entry, 3, 4)));
      if (entry.end() == end) {
        return RowSchema.of(fields);
      }
      if (trimmed.charAt(entry.end()) != ',') {
        break;
      }
      entry.region(entry.end() + 1, end);
    }
    throw InvalidInputException.of(key, text, FORM);
  }

  private static String name(Matcher entry) {
    return entry.group(1) == null
        ? either(entry, 1, 2)
        : entry.group(1).replaceAll("\\\\([\"\\\\])", "$1");
  }

  private static String either(Matcher entry, int quoted, int bare) {
    String text = entry.group(quoted);
    return text == null ? entry.group(bare) : text;
  }
}
