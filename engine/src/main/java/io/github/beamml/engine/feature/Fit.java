package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.CannotException;
import org.jspecify.annotations.Nullable;

/** How a fitted value comes from the merged state of a column. */
interface Fit {
  /** The state of the first pass. */
  FitState.Kind kind();

  /** What {@code explain()} says beside the state, such as {@code mean}. */
  String what();

  /**
   * @param state of all training rows
   * @throws CannotException if nothing can be fitted to these rows
   */
  Result finish(Node node, FitState state);

  /** Makes the fitted value, canonical JSON, from the state of all training rows. */
  interface Finish {
    /**
     * @throws CannotException if nothing can be fitted to these rows
     */
    JsonNode fitted(Node node, FitState state);
  }

  /** What is fitted in one pass. */
  static Fit of(FitState.Kind kind, String what, Finish finish) {
    return new OnePass(kind, what, finish);
  }

  /** See {@link #of}. */
  record OnePass(FitState.Kind kind, String what, Finish finish) implements Fit {
    @Override
    public Result finish(Node node, FitState state) {
      return Result.of(finish.fitted(node, state));
    }
  }

  /**
   * What a pass gave: a fitted value, or the state that a further pass starts from.
   *
   * @param fitted canonical JSON
   * @param further an empty refinement
   */
  record Result(@Nullable JsonNode fitted, @Nullable FitState further) {
    static Result of(JsonNode fitted) {
      return new Result(fitted, null);
    }

    static Result again(FitState further) {
      return new Result(null, further);
    }
  }

  static CannotException cannot(Node node, String reason) {
    return CannotException.to("fit " + node.place(), "column " + node.column() + " " + reason);
  }

  static void requireValues(Node node, long count) {
    if (count == 0) {
      throw cannot(node, "has no values");
    }
  }

  static void requireFinite(Node node, double... values) {
    for (double value : values) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw cannot(node, "has infinite values (only finite ones have a mean and a range)");
      }
    }
  }
}
