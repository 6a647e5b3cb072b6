package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.time.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of a step as they were written: reads each by name with its type. */
final class Parameters {
  private final String key;
  private final JsonNode node;

  /**
   * @param key the step's place, such as {@code features[1]}
   * @param node an object; a list or a text is short for {@code {columns: ...}}
   * @throws InvalidInputException if it is anything else
   */
  Parameters(String key, JsonNode node) {
    this.key = key;
    this.node = node.isArray() || node.isTextual() ? columnsOf(node) : node;
    if (!this.node.isObject()) {
      throw InvalidInputException.of(key, node, "parameters such as {column: temp}");
    }
  }

  private static ObjectNode columnsOf(JsonNode node) {
    ObjectNode object = CanonicalJson.object();
    object.set("columns", node);
    return object;
  }

  InvalidInputException invalid(String name, Object value, String constraint) {
    return InvalidInputException.of(key + "." + name, value, constraint);
  }

  String place(String name) {
    return key + "." + name;
  }

  private @Nullable JsonNode find(String name) {
    JsonNode found = node.get(name);
    return found == null || found.isNull() ? null : found;
  }

  /** {@code column} or {@code columns}, and {@code as}. */
  ColumnsStep.Columns columns() {
    return columns(names("as"));
  }

  /** {@code column} or {@code columns}, for steps that make no new names. */
  ColumnsStep.Columns columnsOnly() {
    return columns(List.of());
  }

  private ColumnsStep.Columns columns(List<String> as) {
    JsonNode one = find("column");
    JsonNode many = find("columns");
    if (one != null && many != null) {
      throw invalid("column", one, "left out where columns is given");
    }
    if (one == null && many == null) {
      throw invalid("columns", "nothing", "a column or a list of columns");
    }
    String name = one != null ? "column" : "columns";
    List<String> names = names(name);
    try {
      return ColumnsStep.Columns.of(names, as, name);
    } catch (InvalidInputException e) {
      throw atPlace(e);
    }
  }

  /** Puts the step's place before the key that a message begins with. */
  InvalidInputException atPlace(InvalidInputException e) {
    String message = String.valueOf(e.getMessage()).substring("Invalid ".length());
    int colon = message.indexOf(": ");
    return InvalidInputException.because(
        key + "." + message.substring(0, colon), message.substring(colon + 2));
  }

  /** A name or a list of names; none if the parameter is left out. */
  List<String> names(String name) {
    JsonNode found = find(name);
    if (found == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode element : found.isArray() ? found : CanonicalJson.array().add(found)) {
      if (!element.isTextual()) {
        throw invalid(name, found, "a name or a list of names");
      }
      names.add(element.textValue());
    }
    return names;
  }

  @Nullable String text(String name) {
    JsonNode found = find(name);
    if (found != null && !found.isTextual()) {
      throw invalid(name, found, "a text");
    }
    return found == null ? null : found.textValue();
  }

  String requiredText(String name, String constraint) {
    String found = text(name);
    if (found == null) {
      throw invalid(name, "nothing", constraint);
    }
    return found;
  }

  /** Checks the name of a time zone. */
  void zone(String name, String id) {
    ZoneRules.of(id, key + "." + name);
  }

  boolean flag(String name) {
    JsonNode found = find(name);
    if (found != null && !found.isBoolean()) {
      throw invalid(name, found, "true or false");
    }
    return found != null && found.booleanValue();
  }

  /** A text, a finite number or a boolean. */
  @Nullable JsonNode scalar(String name) {
    JsonNode found = find(name);
    if (found != null && !found.isTextual() && !found.isNumber() && !found.isBoolean()) {
      throw invalid(name, found, "a number, a text, true or false");
    }
    return found != null && found.isNumber()
        ? number(key + "." + name, found.doubleValue())
        : found;
  }

  int integer(String name, int otherwise, int least) {
    JsonNode found = find(name);
    if (found == null) {
      return otherwise;
    }
    if (!found.canConvertToInt() || found.doubleValue() != found.intValue()) {
      throw invalid(name, found, "a whole number of at least " + least);
    }
    return requireAtLeast(key + "." + name, found.intValue(), least);
  }

  double real(String name, double otherwise) {
    JsonNode found = find(name);
    if (found == null) {
      return otherwise;
    }
    if (!found.isNumber()) {
      throw invalid(name, found, "a number");
    }
    return number(key + "." + name, found.doubleValue()).doubleValue();
  }

  double[] reals(String name) {
    JsonNode found = find(name);
    if (found == null || !found.isArray()) {
      throw invalid(name, found == null ? "nothing" : found, "a list of numbers");
    }
    double[] values = new double[found.size()];
    for (int i = 0; i < values.length; i++) {
      if (!found.get(i).isNumber()) {
        throw invalid(name, found.get(i), "a number");
      }
      values[i] = found.get(i).doubleValue();
    }
    return values;
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String text = text(name);
    return text == null ? otherwise : choice(name, type, text);
  }

  /** A value or a list of values; none if the parameter is left out. */
  <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
    return names(name).stream().map(text -> choice(name, type, text)).toList();
  }

  private <E extends Enum<E>> E choice(String name, Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (label(constant).equals(text)) {
        return constant;
      }
    }
    List<String> labels = Stream.of(type.getEnumConstants()).map(Parameters::label).toList();
    throw InvalidInputException.because(
        key + "." + name,
        text
            + " (must be one of "
            + String.join(", ", labels)
            + ")"
            + Suggestions.didYouMean(text, labels));
  }

  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidInputException naming the nearest known parameter if there is an unknown one
   */
  void refuseUnknown(List<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw InvalidInputException.because(
                    key + "." + name, "unknown key" + Suggestions.didYouMean(name, known));
              }
            });
  }

  static int requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw InvalidInputException.of(name, value, "a whole number of at least " + least);
    }
    return value;
  }

  /** A finite number as JSON, without -0.0. */
  static JsonNode number(String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw InvalidInputException.of(name, value, "finite");
    }
    return CanonicalJson.object().numberNode(value + 0.0);
  }
}
