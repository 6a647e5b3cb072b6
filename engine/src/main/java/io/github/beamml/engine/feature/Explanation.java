package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.exact.StateClass;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a plan will be fitted and what it puts out: as text for people and as JSON. */
public final class Explanation {
  /**
   * Something that a pass fits.
   *
   * @param pass from 1; exact quantiles may take further passes before the next
   * @param step such as {@code features[1].impute}
   * @param column which column it is fitted to
   * @param fits such as {@code median}
   * @param state what is accumulated, such as {@code quantile cells}
   * @param stateClass what the state promises
   */
  public record FittedStep(
      int pass, String step, String column, String fits, String state, StateClass stateClass) {}

  private final List<FittedStep> fittedSteps;
  private final int passes;
  private final RowSchema output;
  private final List<String> features;

  private Explanation(
      List<FittedStep> fittedSteps, int passes, RowSchema output, List<String> features) {
    this.fittedSteps = List.copyOf(fittedSteps);
    this.passes = passes;
    this.output = output;
    this.features = features;
  }

  static Explanation of(BoundPlan bound) {
    List<FittedStep> fits = new ArrayList<>();
    for (int level = 0; level < bound.depth(); level++) {
      for (Node node : bound.nodes()) {
        Fit fit = node.fit();
        if (fit != null && node.level() == level) {
          FitState.Kind kind = fit.kind();
          String column = bound.value(node.inputs()[0]).label();
          fits.add(
              new FittedStep(
                  level + 1, node.place(), column, fit.what(), kind.title(), kind.stateClass()));
        }
      }
    }
    return new Explanation(fits, bound.depth(), bound.outputSchema(), bound.features());
  }

  /** In the order of passes, then of steps. */
  public List<FittedStep> fittedSteps() {
    return fittedSteps;
  }

  /** Passes over the training rows, without the further ones that exact quantiles may take. */
  public int passes() {
    return passes;
  }

  public RowSchema outputSchema() {
    return output;
  }

  /** The columns that a model reads, in order. */
  public List<String> featureColumns() {
    return features;
  }

  /**
   * {@code {"passes": [{"fits": [{"step", "column", "fits", "state", "class"}]}], "output":
   * [{"name", "type", "nullable", "feature"}]}}.
   */
  public ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    ArrayNode list = json.putArray("passes");
    for (int pass = 1; pass <= passes; pass++) {
      ArrayNode fits = list.addObject().putArray("fits");
      for (FittedStep step : fittedSteps) {
        if (step.pass() == pass) {
          fits.addObject()
              .put("step", step.step())
              .put("column", step.column())
              .put("fits", step.fits())
              .put("state", step.state())
              .put("class", step.stateClass().name().toLowerCase(Locale.ROOT));
        }
      }
    }
    ArrayNode columns = json.putArray("output");
    for (Field field : output.fields()) {
      columns
          .addObject()
          .put("name", field.name())
          .put("type", field.type().label())
          .put("nullable", field.nullable())
          .put("feature", features.contains(field.name()));
    }
    return json;
  }

  /** Several lines. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (passes == 0) {
      text.append("Nothing to fit\n");
    }
    for (int pass = 1; pass <= passes; pass++) {
      text.append("Pass ").append(pass).append(" of ").append(passes);
      text.append(" over the training rows\n");
      List<String[]> lines = new ArrayList<>();
      for (FittedStep step : fittedSteps) {
        if (step.pass() == pass) {
          String promise = step.stateClass().name().toLowerCase(Locale.ROOT).replace('_', ' ');
          lines.add(
              new String[] {
                step.step(), step.column(), step.fits(), step.state() + " (" + promise + ")"
              });
        }
      }
      appendTable(text, lines);
    }
    text.append("Output\n");
    List<String[]> lines = new ArrayList<>();
    for (Field field : output.fields()) {
      boolean feature = features.contains(field.name());
      lines.add(new String[] {field.name(), field.typeLabel(), feature ? "feature" : ""});
    }
    appendTable(text, lines);
    return text.toString();
  }

  private static void appendTable(StringBuilder text, List<String[]> lines) {
    int columns = lines.isEmpty() ? 0 : lines.get(0).length;
    int[] widths = new int[columns];
    for (String[] line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    for (String[] line : lines) {
      StringBuilder row = new StringBuilder(" ");
      for (int i = 0; i < columns; i++) {
        row.append(' ').append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 1));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
  }
}
