package io.github.beamml.workflow.command;

import io.github.beamml.engine.evaluation.Figures;

/** Times for people. */
final class Durations {
  private Durations() {}

  /** {@code 0.4 s}, {@code 14 s}, {@code 2 m 5 s}. */
  static String of(long millis) {
    if (millis < 9_950) {
      return Figures.decimal(millis / 1000.0, 1) + " s";
    }
    long seconds = (millis + 500) / 1000;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " m " + seconds % 60 + " s";
  }
}
