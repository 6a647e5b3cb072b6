package io.github.beamml.engine.exact;

/** What a mergeable state promises about the result that is read from it. */
public enum StateClass {
  /** One pass gives the exact result (correctly rounded where it is a double). */
  EXACT,
  /**
   * One pass gives a result with a stated error, further passes over the same rows the exact one.
   */
  EXACT_IN_FURTHER_PASSES,
  /** Sampled or sketched independently of order; the error is stated. */
  SKETCHED,
  /** Needs the rows themselves on one worker, within a stated limit. */
  GATHERED
}
