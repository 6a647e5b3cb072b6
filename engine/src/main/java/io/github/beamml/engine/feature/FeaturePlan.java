package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.time.ZoneRules;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The unfitted definition of features: steps in order, each working on the columns that the ones
 * before have left. Immutable.
 *
 * <p>Features, that is what a model reads, are the numeric columns that steps put out, in the order
 * in which they first appear, and those that a {@code keep} step names. All other columns (the
 * label, the row key) pass through.
 *
 * <p>A step that is fitted to the output of another fitted step waits for the next pass over the
 * training rows: the number of passes is the depth of the plan, not the number of steps. {@link
 * #explain} shows them.
 */
public final class FeaturePlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the steps are called in messages: {@code features[0]}. */
  private static final String KEY = "features";

  private final transient List<Step> steps;

  private FeaturePlan(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  public static FeaturePlan of(Step... steps) {
    return new FeaturePlan(List.of(steps));
  }

  public static FeaturePlan of(List<Step> steps) {
    return new FeaturePlan(steps);
  }

  /**
   * Reads a list of steps such as {@code [{"standardize": {"columns": ["temp"]}}]}, as in YAML.
   * Steps that read local time and name no zone read UTC.
   *
   * @throws InvalidInputException naming the place and the nearest known name if a step or a
   *     parameter is unknown, missing or wrong
   */
  public static FeaturePlan fromJson(JsonNode json) {
    return fromJson(json, ZoneRules.UTC.id());
  }

  /**
   * As {@link #fromJson(JsonNode)}.
   *
   * @param zone of steps that name none, such as the zone of the workflow's window
   */
  public static FeaturePlan fromJson(JsonNode json, String zone) {
    if (!json.isArray()) {
      throw InvalidInputException.of(KEY, json, "a list of steps");
    }
    List<Step> steps = new ArrayList<>();
    for (JsonNode element : json) {
      steps.add(Steps.read(KEY + "[" + steps.size() + "]", element, zone));
    }
    return new FeaturePlan(steps);
  }

  public List<Step> steps() {
    return steps;
  }

  /** A list of steps with every parameter, defaults too: equal for equal plans. */
  public ArrayNode toJson() {
    ArrayNode array = CanonicalJson.array();
    steps.forEach(step -> array.add(step.toJson()));
    return array;
  }

  /**
   * Checks every step against the columns of an input.
   *
   * @throws InvalidInputException naming place and column if a column is missing, of a wrong type,
   *     or an output has the name of another column
   */
  public void check(RowSchema input) {
    bind(input);
  }

  /**
   * The columns that the steps read, by name: what a row must have.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public RowSchema inputSchema(RowSchema input) {
    return bind(input).requiredInput();
  }

  /**
   * The columns after all steps. It depends on the plan and the input's schema only.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public RowSchema outputSchema(RowSchema input) {
    return bind(input).outputSchema();
  }

  /**
   * The columns that a model reads, in order.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public List<String> featureColumns(RowSchema input) {
    return bind(input).features();
  }

  /**
   * Passes, what each fits, the class of its state, and the columns that come out.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public Explanation explain(RowSchema input) {
    return Explanation.of(bind(input));
  }

  /**
   * The first pass over the training rows. A plan without anything to fit is fitted by it too: it
   * needs no rows, see {@link FitPass#needsRows}.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public FitPass firstPass(RowSchema input) {
    return FitPass.first(this, input);
  }

  /**
   * How many passes fitting takes at most: the depth of the plan, and two more for each level with
   * an exact quantile. A pipeline that is built before its data is seen has so many.
   *
   * @throws InvalidInputException as {@link #check}
   */
  public int mostPasses(RowSchema input) {
    BoundPlan bound = bind(input);
    long refined =
        bound.nodes().stream()
            .filter(node -> node.fit() instanceof QuantileFit fit && fit.exact())
            .mapToInt(Node::level)
            .distinct()
            .count();
    return bound.depth() + 2 * (int) refined;
  }

  /**
   * Fits to training rows in memory, in as many passes as it takes.
   *
   * @throws InvalidInputException as {@link #check}
   * @throws io.github.beamml.engine.CannotException if nothing can be fitted to these rows, such as
   *     a column without values
   */
  public FittedFeatures fit(RowSchema input, Iterable<RowBatch> trainingRows) {
    Fitting fitting = firstPass(input);
    while (fitting instanceof FitPass pass) {
      FitAccumulator accumulator = pass.accumulator();
      trainingRows.forEach(accumulator::add);
      SortedMap<String, byte[]> states = accumulator.states();
      fitting = pass.finish(states);
    }
    return (FittedFeatures) fitting;
  }

  BoundPlan bind(RowSchema input) {
    Scope scope = new Scope(input, KEY);
    for (int i = 0; i < steps.size(); i++) {
      scope.bind(i, steps.get(i));
    }
    return scope.finish();
  }

  /** The plan as text, for the job's graph; artifacts hold {@link FittedFeatures#toBytes}. */
  private record Serialized(String json) implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() {
      return fromJson(CanonicalJson.parse("feature plan", json));
    }
  }

  private Object writeReplace() {
    return new Serialized(toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeaturePlan that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public String toString() {
    return CanonicalJson.text(toJson());
  }
}
