package io.github.beamml.engine.split;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a split as it is written in a workflow. */
final class SplitDefinition {
  private static final List<String> SHARES = List.of("validation", "test");
  private static final List<String> ALL_KEYS =
      List.of(
          "by_time",
          "by_hash",
          "by_group",
          "stratified",
          "by_column",
          "fold",
          "of",
          "validation_from",
          "test_from",
          "zone",
          "shares",
          "salt");

  private final JsonNode json;

  private SplitDefinition(JsonNode json) {
    this.json = json;
  }

  static Split read(JsonNode json, String zone) {
    if (!json.isObject()) {
      throw InvalidInputException.of(
          Split.KEY, json, "a split such as {by_hash: {validation: 0.1, test: 0.2}}");
    }
    SplitDefinition definition = new SplitDefinition(json);
    if (json.has("by_time")) {
      return definition.byTime(zone);
    }
    if (json.has("by_hash")) {
      definition.allow(List.of("by_hash", "salt"));
      return definition.byHash(HashSplit.By.HASH, "", "by_hash");
    }
    for (HashSplit.By by : List.of(HashSplit.By.GROUP, HashSplit.By.STRATUM)) {
      if (json.has(by.label())) {
        definition.allow(List.of(by.label(), "shares", "salt"));
        return definition.byHash(by, definition.requiredText(by.label(), "a column"), "shares");
      }
    }
    if (json.has(ColumnSplit.BY_COLUMN)) {
      definition.allow(List.of(ColumnSplit.BY_COLUMN));
      return Split.byColumn(definition.requiredText(ColumnSplit.BY_COLUMN, "a column"));
    }
    if (json.has("fold")) {
      return definition.fold();
    }
    definition.allow(ALL_KEYS);
    throw InvalidInputException.of(
        Split.KEY, json, "by_time, by_hash, by_group, stratified, by_column or fold");
  }

  private Split byTime(String zone) {
    allow(List.of("by_time", "validation_from", "test_from", "zone"));
    String own = text("zone");
    return TimeSplit.of(
        requiredText("by_time", "a column"),
        text("validation_from"),
        text("test_from"),
        own == null ? zone : own);
  }

  private Split byHash(HashSplit.By by, String column, String sharesKey) {
    JsonNode shares = json.path(sharesKey);
    if (!shares.isObject()) {
      throw invalid(sharesKey, shares, "shares such as {validation: 0.1, test: 0.2}");
    }
    allow(shares, Split.KEY + "." + sharesKey + ".", SHARES);
    String salt = text("salt");
    return HashSplit.of(
        by,
        column,
        share(shares, sharesKey, "validation"),
        share(shares, sharesKey, "test"),
        salt == null ? "" : salt);
  }

  private Split fold() {
    allow(List.of("fold", "of", "salt"));
    String salt = text("salt");
    return new Folds(integer("of"), salt == null ? "" : salt).validationFold(integer("fold"));
  }

  private static double share(JsonNode shares, String sharesKey, String name) {
    JsonNode node = shares.path(name);
    if (!node.isMissingNode() && !node.isNumber()) {
      throw invalid(sharesKey + "." + name, node, "a number");
    }
    return node.asDouble(0);
  }

  private int integer(String name) {
    JsonNode node = json.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw invalid(name, node.isMissingNode() ? "nothing" : node, "a whole number");
    }
    return node.intValue();
  }

  private @Nullable String text(String name) {
    JsonNode node = json.path(name);
    if (!node.isMissingNode() && !node.isTextual()) {
      throw invalid(name, node, "a text");
    }
    return node.isTextual() ? node.textValue() : null;
  }

  private String requiredText(String name, String constraint) {
    String text = text(name);
    if (text == null || text.isEmpty()) {
      throw invalid(name, json.path(name), constraint);
    }
    return text;
  }

  private void allow(List<String> known) {
    allow(json, Split.KEY + ".", known);
  }

  private static void allow(JsonNode object, String prefix, List<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw InvalidInputException.because(
                    prefix + name, "unknown key" + Suggestions.didYouMean(name, known));
              }
            });
  }

  private static InvalidInputException invalid(String name, Object value, String constraint) {
    return InvalidInputException.of(Split.KEY + "." + name, value, constraint);
  }
}
