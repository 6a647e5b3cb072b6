package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.json.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link FeaturePlan}: immutable, made by the factories of {@link Steps}.
 *
 * <p>Names of output columns follow one rule. A step whose output is still the same quantity
 * (impute, standardize, min_max) rewrites its column in place; a step that makes something else of
 * it (a bucket, an index, ...) leaves the column and adds {@code <column>_<what>}. {@code as} gives
 * another name in every case; the column's own name rewrites it.
 */
public abstract sealed class Step permits ColumnsStep, Derive, Haversine {
  Step() {}

  /** The key in plans, such as {@code one_hot}. */
  public abstract String name();

  abstract void writeParameters(ObjectNode parameters);

  /** Checks the step against the columns there are and adds its work. */
  abstract void bind(Scope scope);

  /** {@code {"<name>": {<every parameter, defaults too>}}}. */
  public final ObjectNode toJson() {
    ObjectNode json = CanonicalJson.object();
    writeParameters(json.putObject(name()));
    return json;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Step that && toJson().equals(that.toJson());
  }

  @Override
  public final int hashCode() {
    return toJson().hashCode();
  }

  @Override
  public final String toString() {
    return CanonicalJson.text(toJson());
  }
}
