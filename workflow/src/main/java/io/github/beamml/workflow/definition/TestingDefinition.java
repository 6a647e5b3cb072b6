package io.github.beamml.workflow.definition;

import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.evaluation.Gate;
import io.github.beamml.engine.evaluation.Gates;
import io.github.beamml.engine.evaluation.IfNoBaseline;
import io.github.beamml.engine.evaluation.ThresholdRule;
import io.github.beamml.engine.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the model is tested and registered.
 *
 * @param threshold how the decision threshold is found
 * @param slices columns or expressions that parts of the rows are looked at by
 * @param gates what it must meet
 * @param registration where it is registered, if anywhere
 */
public record TestingDefinition(
    ThresholdRule threshold,
    List<Expression> slices,
    Gates gates,
    Optional<Registration> registration) {
  /** The stage's name. */
  public static final String STAGE = "model-testing";

  /**
   * @param model the name
   * @param environment that serves it if its gates pass
   * @param tags free words
   */
  public record Registration(String model, String environment, List<String> tags) {}

  static TestingDefinition read(Section section, String zone) {
    section.allow("threshold", "slices", "gate", "if_no_baseline", "register");
    List<Expression> slices = new ArrayList<>();
    for (String slice : section.texts("slices")) {
      slices.add(Expression.parse(section.key("slices[" + slices.size() + "]"), slice, zone));
    }
    List<Gate> gates = new ArrayList<>();
    for (String gate : section.texts("gate")) {
      gates.add(Gate.parse(section.key("gate[" + gates.size() + "]"), gate));
    }
    Gates all =
        Gates.of(
            gates,
            section
                .findText("if_no_baseline")
                .map(t -> IfNoBaseline.parse(section.key("if_no_baseline"), t)));
    all.check(slices.stream().map(Expression::text).toList());
    return new TestingDefinition(
        ThresholdRule.parse(section.findText("threshold").orElse("0.5")),
        slices,
        all,
        section.findSection("register").map(TestingDefinition::registration));
  }

  private static Registration registration(Section section) {
    section.allow("model", "environment", "tags");
    return new Registration(
        Names.check(section.key("model"), section.text("model")),
        Names.check(section.key("environment"), section.findText("environment").orElse("staging")),
        section.texts("tags"));
  }
}
