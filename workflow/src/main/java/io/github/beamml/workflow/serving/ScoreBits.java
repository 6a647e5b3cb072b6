package io.github.beamml.workflow.serving;

import io.github.beamml.engine.hash.Hex;
import io.github.beamml.engine.model.Scorer;

/**
 * The bits of a score: what must be equal.
 *
 * @param margin as {@link Double#doubleToLongBits}
 * @param probability likewise
 */
public record ScoreBits(long margin, long probability) {
  public static ScoreBits of(Scorer.Score score) {
    return of(score.margin(), score.probability());
  }

  public static ScoreBits of(double margin, double probability) {
    return new ScoreBits(Double.doubleToLongBits(margin), Double.doubleToLongBits(probability));
  }

  /** {@code 3fe0000000000000 3fe0000000000000}. */
  public String toText() {
    return Hex.of(margin) + " " + Hex.of(probability);
  }

  /** Reads what {@link #toText} gave. */
  public static ScoreBits parse(String text) {
    return new ScoreBits(Hex.parseLong(text.substring(0, 16)), Hex.parseLong(text.substring(17)));
  }
}
