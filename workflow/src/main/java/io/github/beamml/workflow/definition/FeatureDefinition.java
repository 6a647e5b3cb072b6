package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.Steps;
import io.github.beamml.engine.lookup.Lookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the second stage makes of the rows.
 *
 * @param lookups in small tables, whose paths are relative to the workflow's folder
 * @param derived expressions by column, in order
 * @param label the column to predict
 * @param labelIs when it is true; null leaves the row out
 * @param subject what the rows are, in the plural, such as {@code flights}; for the report
 * @param clause what is true of the positives, such as {@code will be late}; for the report
 * @param plan of the features
 * @param limit how many rows may be dead letters
 */
public record FeatureDefinition(
    List<Lookup> lookups,
    Map<String, Expression> derived,
    String label,
    Expression labelIs,
    String subject,
    String clause,
    FeaturePlan plan,
    DeadLetterLimit limit) {
  /** The stage's name. */
  public static final String STAGE = "enrichment-feature-transform";

  private static final String DEFAULT_SUBJECT = "rows";

  static FeatureDefinition read(Section section, String zone) {
    section.allow("lookups", "derive", "label", "features", "max_dead_letters");
    List<Lookup> lookups = new ArrayList<>();
    for (JsonNode lookup : list(section, "lookups")) {
      lookups.add(Lookup.fromJson(lookup, "lookups[" + lookups.size() + "]"));
    }
    Map<String, Expression> derived = new LinkedHashMap<>();
    section
        .textMap("derive")
        .forEach((name, text) -> derived.put(name, Expression.parse("derive." + name, text, zone)));
    Section label = section.section("label").allow("name", "is", "of", "means");
    return new FeatureDefinition(
        lookups,
        derived,
        label.text("name"),
        Expression.parse("label.is", label.text("is"), zone),
        label.findText("of").orElse(DEFAULT_SUBJECT),
        label.findText("means").orElse(clause(label.text("name"))),
        FeaturePlan.fromJson(list(section, "features"), zone),
        DeadLetterLimit.read(section));
  }

  /** For rows that a program has prepared: its columns are the features as they are. */
  static FeatureDefinition of(ProgramDefinition program) {
    String label = program.label();
    return new FeatureDefinition(
        List.of(),
        Map.of(),
        label,
        Expression.parse("label", Expression.quote(label)),
        DEFAULT_SUBJECT,
        clause(label),
        FeaturePlan.of(Steps.keep(program.features().toArray(String[]::new))),
        DeadLetterLimit.NONE);
  }

  private static String clause(String label) {
    return "are “" + label + "”";
  }

  private static JsonNode list(Section section, String name) {
    JsonNode list = section.find(name).orElseGet(() -> section.values().arrayNode());
    if (!list.isArray()) {
      throw InvalidInputException.of(section.key(name), list, "a list");
    }
    return list;
  }
}
