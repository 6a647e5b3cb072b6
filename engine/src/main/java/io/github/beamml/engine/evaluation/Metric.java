package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is measured of a model on rows with a 0/1 label, where a row is <em>flagged</em> if its
 * probability is at least the decision threshold. A metric that the rows do not define is absent,
 * with a reason; it is never NaN.
 */
public enum Metric {
  /**
   * The share of pairs of a positive and a negative row in which the positive has the higher
   * margin, a tie counting half: {@code (2 * higher + tied) / (2 * positives * negatives)}, one
   * correctly rounded division. Margins tie if their {@value MarginCells#BITS} leading bits agree.
   */
  AUC("auc", "ROC AUC", Better.HIGHER),
  /**
   * Average precision: the sum over the cells of equal margins, from the highest down, of the
   * recall that the cell adds times the precision so far. No interpolation.
   */
  PR_AUC("pr_auc", "PR AUC", Better.HIGHER),
  /**
   * The mean of {@code -ln p} over positives and {@code -ln(1 - p)} over negatives, with p clipped
   * to [2^-52, 1 - 2^-52]. Terms by {@link StrictMath#log}, summed exactly, rounded once.
   */
  LOG_LOSS("log_loss", "Log loss", Better.LOWER),
  /** The mean of {@code (p - label)^2}, terms summed exactly, rounded once. */
  BRIER("brier", "Brier score", Better.LOWER),
  /** {@code (tp + tn) / rows}. */
  ACCURACY("accuracy", "Accuracy", Better.HIGHER),
  /** {@code tp / (tp + fp)}: of the rows flagged, the share that is positive. */
  PRECISION("precision", "Precision", Better.HIGHER),
  /** {@code tp / (tp + fn)}: of the positives, the share that is flagged. */
  RECALL("recall", "Recall", Better.HIGHER),
  /** {@code 2 tp / (2 tp + fp + fn)}. */
  F1("f1", "F1", Better.HIGHER),
  /** The share of positives. */
  LABEL_RATE("label_rate", "Label rate", Better.NEITHER),
  /** The share of rows that are flagged. */
  FLAGGED_RATE("flagged_rate", "Flagged", Better.NEITHER),
  /** The mean probability, summed exactly, rounded once; near the label rate if calibrated. */
  MEAN_PROBABILITY("mean_probability", "Mean probability", Better.NEITHER);

  /** Which direction is an improvement. */
  public enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  private static final List<Metric> ALL = List.of(values());

  private final String key;
  private final String title;
  private final Better better;

  Metric(String key, String title, Better better) {
    this.key = key;
    this.title = title;
    this.better = better;
  }

  /** Its name in gates, files and tables. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  public Better better() {
    return better;
  }

  /** All metrics, in the order in which they are shown. */
  public static List<Metric> all() {
    return ALL;
  }

  static List<String> keys() {
    return ALL.stream().map(Metric::key).toList();
  }

  static Optional<Metric> named(String key) {
    return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
  }

  /**
   * The metric of that name.
   *
   * @param where what named it, as the user typed it
   * @throws InvalidInputException if there is none, with the nearest name
   */
  public static Metric named(String where, String key) {
    return named(key)
        .orElseThrow(() -> InvalidInputException.unknown(where, key, "a metric", keys()));
  }
}
