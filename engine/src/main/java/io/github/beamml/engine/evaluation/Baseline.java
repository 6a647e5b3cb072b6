package io.github.beamml.engine.evaluation;

import java.util.Optional;

/**
 * What a model is compared with: another one's evaluation on the same rows, or none.
 *
 * @param whyNone why there is none, where there is more to say than that
 */
public record Baseline(Optional<Evaluation> evaluation, Optional<String> whyNone) {
  public static Baseline of(Evaluation evaluation) {
    return new Baseline(Optional.of(evaluation), Optional.empty());
  }

  public static Baseline none() {
    return new Baseline(Optional.empty(), Optional.empty());
  }

  /** None, for this reason, which stands in the verdict. */
  public static Baseline none(String why) {
    return new Baseline(Optional.empty(), Optional.of(why));
  }
}
