package io.github.beamml.engine.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a model did on some rows: a function of rows, threshold and bootstrap alone, made by an
 * {@link Evaluator}.
 *
 * @param threshold at which rows are flagged
 * @param bootstrap that the intervals come from
 * @param rowsIdentity {@link ScoredRows#identity()} of the rows
 * @param overall all rows
 * @param slices the rows parted by each slice column
 * @param curves of all rows
 * @param calibration of all rows, bins without rows left out
 * @param replicates of all rows
 */
public record Evaluation(
    Threshold threshold,
    Bootstrap bootstrap,
    Digest rowsIdentity,
    Group overall,
    List<Slices> slices,
    Curves curves,
    List<CalibrationBin> calibration,
    Replicates replicates) {
  public Evaluation {
    slices = List.copyOf(slices);
    calibration = List.copyOf(calibration);
  }

  public long rows() {
    return overall.rows();
  }

  public long positives() {
    return overall.positives();
  }

  /** A metric over all rows. */
  public Estimate estimate(Metric metric) {
    return overall.estimate(metric);
  }

  /**
   * A metric over all rows minus the baseline's, with the interval of the paired differences where
   * both were bootstrapped alike.
   *
   * @throws CannotException if the baseline was evaluated on other rows
   */
  public Change changeFrom(Evaluation baseline, Metric metric) {
    if (!rowsIdentity.equals(baseline.rowsIdentity)) {
      throw CannotException.to(
          "compare with the baseline",
          "it was evaluated on other rows ("
              + Figures.count(baseline.rows())
              + ", not these "
              + Figures.count(rows())
              + ")");
    }
    OptionalDouble here = estimate(metric).value();
    OptionalDouble there = baseline.estimate(metric).value();
    if (here.isEmpty() || there.isEmpty()) {
      String reason =
          here.isEmpty() ? reason(this, metric) : "baseline: " + reason(baseline, metric);
      return new Change(metric, OptionalDouble.empty(), Optional.empty(), Optional.of(reason));
    }
    OptionalDouble change = OptionalDouble.of(here.getAsDouble() - there.getAsDouble());
    if (!bootstrap.equals(baseline.bootstrap)) {
      return new Change(
          metric, change, Optional.empty(), Optional.of("the baseline has another bootstrap"));
    }
    double[] differences = replicates.minus(baseline.replicates, metric);
    Optional<Interval> interval = bootstrap.interval(differences);
    return new Change(
        metric,
        change,
        interval,
        interval.isPresent() ? Optional.empty() : Optional.of(Bootstrap.whyAbsent(differences)));
  }

  private static String reason(Evaluation evaluation, Metric metric) {
    return evaluation.estimate(metric).reason().orElse("no value");
  }

  /** The content as canonical JSON: equal for equal rows. */
  public ObjectNode toJson() {
    return EvaluationJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param name what is read, for the message
   * @throws CannotException if the JSON has another form
   */
  public static Evaluation fromJson(String name, JsonNode json) {
    return EvaluationJson.read(name, json);
  }
}
