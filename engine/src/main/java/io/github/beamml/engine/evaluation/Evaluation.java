package io.github.beamml.engine.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.expression.Expression;
import java.util.List;
import java.util.Optional;

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

  /** The rows parted by a column or expression; spaces in it do not matter. */
  Optional<Slices> slicesBy(String by) {
    return slices.stream().filter(known -> Expression.isSameText(known.by(), by)).findFirst();
  }

  /**
   * A metric over all rows minus the baseline's, with the interval of the paired differences where
   * both were bootstrapped alike.
   *
   * @throws CannotException if the baseline was evaluated on other rows
   */
  public Change changeFrom(Evaluation baseline, Metric metric) {
    checkSameRows(baseline);
    Change change =
        Change.withoutInterval(
            estimate(metric), baseline.estimate(metric), "the baseline has another bootstrap");
    if (change.value().isEmpty() || !bootstrap.equals(baseline.bootstrap)) {
      return change;
    }
    double[] differences = replicates.minus(baseline.replicates, metric);
    return bootstrap
        .interval(differences)
        .map(change::withInterval)
        .orElseGet(() -> change.withReason(Bootstrap.whyAbsent(differences)));
  }

  /**
   * @throws CannotException if the baseline was evaluated on other rows
   */
  void checkSameRows(Evaluation baseline) {
    if (!rowsIdentity.equals(baseline.rowsIdentity)) {
      throw CannotException.to(
          "compare with the baseline",
          "it was evaluated on other rows ("
              + Figures.count(baseline.rows())
              + ", not these "
              + Figures.count(rows())
              + ")");
    }
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
