package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.Names;
import io.github.beamml.engine.expression.Expression;
import io.github.beamml.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A stage that is a program of the user's, new or in place of one of ours.
 *
 * @param command the program and its arguments, run in the workflow's folder
 * @param version the program's own
 * @param needs further stages that must have finished before
 * @param inputs what it reads, by names of its own
 * @param output what it leaves
 * @param parameters any values, handed on to the program
 * @param rowKey of rows that it leaves without row keys; empty for the whole row
 * @param features the columns that are features, where it leaves features
 * @param label the column to predict, where it leaves features
 * @param modelOutput the ONNX model's output with the probabilities, if it has several
 * @param gates on the figures of an evaluation
 */
public record ProgramDefinition(
    String name,
    List<String> command,
    String version,
    List<String> needs,
    Map<String, Input> inputs,
    Output output,
    ObjectNode parameters,
    List<String> rowKey,
    List<String> features,
    String label,
    Optional<String> modelOutput,
    List<Expression> gates) {
  /** What a program leaves. */
  public enum Output {
    DATASET,
    FEATURES,
    MODEL,
    EVALUATION;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An artifact that a program reads.
   *
   * @param stage that left it
   * @param role of it there
   */
  public record Input(String stage, String role) {
    private static final String MAIN = "main";

    static Input parse(String text) {
      int dot = text.indexOf('.');
      return dot < 0
          ? new Input(text, MAIN)
          : new Input(text.substring(0, dot), text.substring(dot + 1));
    }
  }

  static ProgramDefinition read(String name, Section section) {
    Names.checkForKubernetes(section.path(), name);
    section.allow(
        "command",
        "version",
        "needs",
        "inputs",
        "output",
        "parameters",
        "row_key",
        "features",
        "label",
        "model_output",
        "gate");
    Output output = output(section);
    allowOnly(section, "row_key", output, Output.DATASET, Output.FEATURES);
    allowOnly(section, "features", output, Output.FEATURES);
    allowOnly(section, "label", output, Output.FEATURES);
    allowOnly(section, "model_output", output, Output.MODEL);
    allowOnly(section, "gate", output, Output.EVALUATION);
    Map<String, Input> inputs = new LinkedHashMap<>();
    section
        .textMap("inputs")
        .forEach(
            (input, text) ->
                inputs.put(Names.check(section.key("inputs." + input), input), Input.parse(text)));
    boolean isFeatures = output == Output.FEATURES;
    return new ProgramDefinition(
        name,
        command(section),
        Names.check(section.key("version"), section.text("version")),
        section.texts("needs"),
        inputs,
        output,
        section.findSection("parameters").map(Section::values).orElseGet(CanonicalJson::object),
        section.texts("row_key"),
        isFeatures ? required(section, "features") : List.of(),
        isFeatures ? section.text("label") : "",
        section.findText("model_output"),
        gates(section));
  }

  private static Output output(Section section) {
    String text = section.text("output");
    List<String> known = new ArrayList<>();
    for (Output output : Output.values()) {
      if (output.label().equals(text)) {
        return output;
      }
      known.add(output.label());
    }
    throw InvalidInputException.of(
        section.key("output"), text, "one of " + String.join(", ", known));
  }

  private static void allowOnly(Section section, String key, Output output, Output... outputs) {
    if (section.has(key) && !List.of(outputs).contains(output)) {
      throw InvalidInputException.because(
          section.key(key), "a stage with output: " + output.label() + " has no such key");
    }
  }

  /** One text alone is a line of the shell. */
  private static List<String> command(Section section) {
    List<String> words = required(section, "command");
    boolean isLine = words.size() == 1 && words.get(0).strip().contains(" ");
    return isLine ? List.of("sh", "-c", words.get(0)) : words;
  }

  private static List<String> required(Section section, String name) {
    List<String> texts = section.texts(name);
    if (texts.isEmpty()) {
      throw InvalidInputException.of(section.key(name), "missing", "given");
    }
    return texts;
  }

  private static List<Expression> gates(Section section) {
    List<Expression> gates = new ArrayList<>();
    for (String gate : section.texts("gate")) {
      gates.add(Expression.parse(section.key("gate[" + gates.size() + "]"), gate));
    }
    return gates;
  }

  /** All stages that must have finished before it. */
  public List<String> before() {
    List<String> stages = new ArrayList<>(needs);
    inputs.values().forEach(input -> stages.add(input.stage()));
    if (output == Output.MODEL) {
      stages.add(FeatureDefinition.STAGE);
      stages.add(Workflow.SPLIT_STAGE);
    }
    return stages;
  }
}
