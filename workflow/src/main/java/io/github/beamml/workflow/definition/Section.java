package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in a YAML file and the path of its keys.
 *
 * @param path the keys that lead here, with dots between; empty for the file itself
 */
public record Section(String path, ObjectNode values) {
  /** A key below this section as the user reads it. */
  public String key(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * @throws InvalidInputException naming the nearest known key if there is an unknown one
   */
  public Section allow(String... names) {
    List<String> known = List.of(names);
    for (Iterator<String> keys = values.fieldNames(); keys.hasNext(); ) {
      String name = keys.next();
      if (!known.contains(name)) {
        throw InvalidInputException.because(
            key(name), "unknown key" + Suggestions.didYouMean(name, known));
      }
    }
    return this;
  }

  /** The keys of this section, in the order of the file. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    values.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The section without a key. */
  public Section without(String name) {
    return new Section(path, values.deepCopy().without(name));
  }

  public boolean has(String name) {
    return values.hasNonNull(name);
  }

  /**
   * @throws InvalidInputException if the key is missing or not a text or number
   */
  public String text(String name) {
    return findText(name).orElseThrow(() -> missing(name, "given"));
  }

  public Optional<String> findText(String name) {
    return find(name).map(node -> textOf(key(name), node));
  }

  private static String textOf(String key, JsonNode node) {
    if (!node.isValueNode()) {
      throw InvalidInputException.of(key, node, "a text");
    }
    return node.asText();
  }

  public boolean flag(String name, boolean otherwise) {
    JsonNode node = values.get(name);
    if (node == null) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw InvalidInputException.of(key(name), node, "true or false");
    }
    return node.booleanValue();
  }

  public Optional<Long> findInteger(String name) {
    return find(name)
        .map(
            node -> {
              if (!node.isIntegralNumber()) {
                throw InvalidInputException.of(key(name), node, "a whole number");
              }
              return node.longValue();
            });
  }

  /** The texts of a list; none if the key is missing; one text stands for a list of it. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    find(name)
        .ifPresent(
            node -> {
              if (!node.isArray()) {
                texts.add(textOf(key(name), node));
              }
              for (JsonNode element : node) {
                texts.add(textOf(key(name), element));
              }
            });
    return texts;
  }

  /** Texts by key, in the order of the file; none if the key is missing. */
  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    findSection(name)
        .ifPresent(
            section ->
                section
                    .values()
                    .fields()
                    .forEachRemaining(
                        entry ->
                            texts.put(
                                entry.getKey(),
                                textOf(section.key(entry.getKey()), entry.getValue()))));
    return texts;
  }

  /**
   * All values by key, as a component's {@link io.github.beamml.core.component.Descriptor} reads
   * them.
   *
   * @throws InvalidInputException if one is neither a number nor a text
   */
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    values
        .fields()
        .forEachRemaining(
            entry ->
                parameters.put(entry.getKey(), parameter(key(entry.getKey()), entry.getValue())));
    return parameters;
  }

  private static Object parameter(String key, JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    throw InvalidInputException.of(key, node, "a number or a text");
  }

  /**
   * @throws InvalidInputException if the key is missing or not a mapping
   */
  public Section section(String name) {
    return findSection(name).orElseThrow(() -> missing(name, "given, with keys below it"));
  }

  public Optional<Section> findSection(String name) {
    return find(name)
        .map(
            node -> {
              if (!(node instanceof ObjectNode object)) {
                throw InvalidInputException.of(key(name), node, "keys and values");
              }
              return new Section(key(name), object);
            });
  }

  public Optional<JsonNode> find(String name) {
    @Nullable JsonNode node = values.get(name);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  private InvalidInputException missing(String name, String constraint) {
    return InvalidInputException.of(key(name), "missing", constraint);
  }
}
