package io.github.beamml.engine.evaluation;

import java.util.Arrays;

/**
 * The values of the metrics in each bootstrap replicate, over all rows. Kept with an evaluation, so
 * that another model on the same rows is compared with it in the same replicates.
 */
public final class Replicates {
  private final double[][] values;

  /**
   * @param values by metric, then by replicate; NaN where undefined
   */
  Replicates(double[][] values) {
    this.values = values;
  }

  /** The metric's values by replicate; NaN where a replicate does not define it. */
  public double[] of(Metric metric) {
    return values[metric.ordinal()].clone();
  }

  /** Per replicate this minus other: the paired differences. */
  double[] minus(Replicates other, Metric metric) {
    double[] differences = of(metric);
    double[] subtracted = other.values[metric.ordinal()];
    Arrays.setAll(differences, i -> differences[i] - subtracted[i]);
    return differences;
  }
}
