package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.json.CanonicalJson;

/** Reads fitted values; every other form is an {@link IllegalArgumentException}. */
final class Fitted {
  private Fitted() {}

  static double number(JsonNode fitted, String name) {
    JsonNode node = fitted.path(name);
    if (!node.isNumber()) {
      throw new IllegalArgumentException(name + " is not a number");
    }
    return node.doubleValue();
  }

  static String text(JsonNode fitted, String name) {
    JsonNode node = fitted.path(name);
    if (!node.isTextual()) {
      throw new IllegalArgumentException(name + " is not a text");
    }
    return node.textValue();
  }

  /** So many doubles as hexadecimal digits; any number of them if negative. */
  static double[] doubles(JsonNode fitted, String name, int size) {
    JsonNode node = array(fitted, name);
    if (size >= 0 && node.size() != size) {
      throw new IllegalArgumentException(name + " has " + node.size() + " values for " + size);
    }
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = CanonicalJson.parseFloat64(node.get(i).asText());
    }
    return values;
  }

  static String[] texts(JsonNode fitted, String name) {
    JsonNode node = array(fitted, name);
    String[] values = new String[node.size()];
    for (int i = 0; i < values.length; i++) {
      if (!node.get(i).isTextual()) {
        throw new IllegalArgumentException(name + " holds something else than text");
      }
      values[i] = node.get(i).textValue();
    }
    return values;
  }

  private static JsonNode array(JsonNode fitted, String name) {
    JsonNode node = fitted.path(name);
    if (!node.isArray()) {
      throw new IllegalArgumentException(name + " is not a list");
    }
    return node;
  }
}
