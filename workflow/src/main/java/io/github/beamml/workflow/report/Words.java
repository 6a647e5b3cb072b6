package io.github.beamml.workflow.report;

import io.github.beamml.engine.evaluation.Change;
import io.github.beamml.engine.evaluation.Confusion;
import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Figures;
import io.github.beamml.engine.evaluation.Interval;

/** Figures as people read them. */
final class Words {
  private Words() {}

  /** {@code 0.688 [0.683, 0.693]}, or why there is none. */
  static String withInterval(Estimate estimate, int decimals) {
    return value(estimate, decimals)
        + estimate.interval().map(i -> " " + interval(i, decimals)).orElse("");
  }

  /** {@code 0.688}, or why there is none. */
  static String value(Estimate estimate, int decimals) {
    return estimate.value().isPresent()
        ? decimal(estimate.value().getAsDouble(), decimals)
        : "absent: " + estimate.reason().orElse("no value");
  }

  static String interval(Interval interval, int decimals) {
    return "["
        + decimal(interval.low(), decimals)
        + ", "
        + decimal(interval.high(), decimals)
        + "]";
  }

  /** With a minus sign, not a hyphen. */
  private static String decimal(double value, int decimals) {
    return Figures.decimal(value, decimals).replace('-', '−');
  }

  /** {@code +0.012 [0.008, 0.016]}. */
  static String change(Change change, int decimals) {
    if (change.value().isEmpty()) {
      return "–";
    }
    String text = decimal(change.value().getAsDouble(), decimals);
    String signed = text.startsWith("−") ? text : "+" + text;
    return signed + change.interval().map(i -> " " + interval(i, decimals)).orElse("");
  }

  /** {@code 24.1 %}, never broken at the end of a line. */
  static String percent(double share, int decimals) {
    return Figures.percent(share, decimals).replace(' ', '\u00a0');
  }

  /** {@code 0.8 s}, {@code 14 s}, {@code 2 min 5 s}. */
  static String seconds(double seconds) {
    if (seconds < 9.95) {
      return Figures.decimal(seconds, 1) + " s";
    }
    long whole = StrictMath.round(seconds);
    return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }

  /**
   * The sentence that the report opens with: {@code Of 100 flights that will be late, the model
   * flags 62; of 100 that it flags, 35 will be late.}
   */
  static String opening(Report.Subject subject, Confusion counts) {
    if (counts.positives() == 0) {
      return "None of the "
          + Figures.count(counts.rows())
          + " "
          + subject.noun()
          + " "
          + subject.clause()
          + ".";
    }
    String found =
        "Of 100 "
            + subject.noun()
            + " that "
            + subject.clause()
            + ", the model flags "
            + ofHundred(counts.truePositives(), counts.positives());
    if (counts.flagged() == 0) {
      return found + ".";
    }
    return found
        + "; of 100 that it flags, "
        + ofHundred(counts.truePositives(), counts.flagged())
        + " "
        + subject.clause()
        + ".";
  }

  /** What the opening sentence is to be compared with. */
  static String chance(Report.Subject subject, Confusion counts) {
    return "Of 100 "
        + subject.noun()
        + " picked blindly, "
        + ofHundred(counts.positives(), counts.rows())
        + " "
        + subject.clause()
        + ". The model flags "
        + ofHundred(counts.flagged(), counts.rows())
        + " of 100.";
  }

  /** A whole number, unless that would hide that there are some, or not all. */
  static String ofHundred(long part, long whole) {
    long rounded = (200 * part + whole) / (2 * whole);
    if (rounded == 0) {
      return part > 0 ? "fewer than 1" : "none";
    }
    if (rounded == 100 && part < whole) {
      return "more than 99";
    }
    return Long.toString(rounded);
  }
}
