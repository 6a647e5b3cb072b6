package io.github.beamml.engine.feature;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A unit of a plan's work: from some values, others.
 *
 * @param step the step's position in the plan
 * @param place the step as messages name it, such as {@code features[1].impute}
 * @param column the column it is about
 * @param inputs the values it reads; what is fitted is fitted to the first
 * @param outputs the values it makes
 * @param level the pass in which it is fitted, from 0, or that its inputs wait for
 * @param fit how it is fitted; null if nothing is
 * @param kernels makes the kernel from the fitted value
 */
record Node(
    int step,
    String place,
    String column,
    int[] inputs,
    int[] outputs,
    int level,
    @Nullable Fit fit,
    KernelFactory kernels) {

  /** Makes a kernel from a fitted value's JSON, or from a null node where nothing is fitted. */
  interface KernelFactory {
    /**
     * @throws IllegalArgumentException if the fitted value has another form
     */
    Kernel make(JsonNode fitted);
  }
}
